package io.millrace.engine.fault;

import io.millrace.spi.connector.SequencedSink;
import io.millrace.spi.connector.SequencedSinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;

/** A sink that cannot take rows back: they are on the tape of the {@link World} at once. */
final class TapeConnector extends WorldSinkConnector implements SequencedSinkConnector {
  private final World world;

  TapeConnector(World world) {
    super("tape");
    this.world = world;
  }

  @Override
  public String destination(StreamDefinition stream) {
    return "the tape of " + stream.name();
  }

  @Override
  public SequencedSink open(StreamDefinition stream, SinkContext context) {
    return new TapeSink(stream.name());
  }

  private final class TapeSink implements SequencedSink {
    private final String stream;

    TapeSink(String stream) {
      this.stream = stream;
    }

    @Override
    public void write(Batch batch) {
      world.step("write to the tape");
      List<String> rows = new ArrayList<>();
      WorldRows.addTo(rows, batch);
      world.record(stream, rows);
      world.step("return from writing to the tape");
    }

    @Override
    public void write(Batch batch, long firstSequence) {
      world.step("write to the tape");
      List<String> rows = new ArrayList<>();
      WorldRows.addTo(rows, batch);
      for (int row = 0; row < rows.size(); row++) {
        rows.set(row, "#" + (firstSequence + row) + " " + rows.get(row));
      }
      world.record(stream, rows);
      world.step("return from writing to the tape");
    }

    @Override
    public void flush() {
      world.step("flush the tape");
    }

    @Override
    public void close() {}
  }
}
