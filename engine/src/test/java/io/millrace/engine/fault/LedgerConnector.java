package io.millrace.engine.fault;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.connector.StagedSinkConnector;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sink that stages its rows and shows them in the {@link World} by snapshot. */
final class LedgerConnector extends WorldSinkConnector implements StagedSinkConnector {
  private final World world;

  LedgerConnector(World world) {
    super("ledger");
    this.world = world;
  }

  @Override
  public Sink open(StreamDefinition stream, SinkContext context) {
    return openStaged(stream, context, null);
  }

  @Override
  public StagedSink openStaged(
      StreamDefinition stream, SinkContext context, @Nullable StagedOutput resumed) {
    LedgerSink sink = new LedgerSink(stream.name());
    if (resumed != null) {
      sink.apply(resumed);
    }
    return sink;
  }

  private final class LedgerSink implements StagedSink {
    private final String stream;

    /**
     * Rows that no committed snapshot has; those of snapshots that were given up are among them.
     */
    private final List<String> open = new ArrayList<>();

    /** How many of them the last snapshot has. */
    private int staged;

    LedgerSink(String stream) {
      this.stream = stream;
    }

    @Override
    public synchronized void write(Batch batch) {
      world.step("write");
      WorldRows.addTo(open, batch);
    }

    @Override
    public synchronized byte[] stage(long snapshotId) {
      world.step("stage");
      staged = open.size();
      return WorldRows.toBytes(open);
    }

    @Override
    public synchronized void apply(StagedOutput output) {
      world.step("apply");
      world.apply(stream, output.snapshotId(), WorldRows.ofBytes(output.bytes()));
      open.subList(0, staged).clear();
      staged = 0;
      world.step("return from apply");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
