package io.millrace.engine.fault;

import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.Replay;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.types.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A queue of the {@link World}: gives each row until it is acknowledged; those that were given
 * before, when it is opened anew, in any order. It ends when it is empty.
 */
final class QueueConnector implements SourceConnector {
  private final World world;
  private final Random random = new Random(3);

  QueueConnector(World world) {
    this.world = world;
  }

  @Override
  public String name() {
    return "queue";
  }

  @Override
  public String description() {
    return "Rows of a test's world that are given until they are acknowledged.";
  }

  @Override
  public FormatUse formatUse() {
    return FormatUse.NONE;
  }

  @Override
  public List<OptionSpec> options() {
    return List.of();
  }

  @Override
  public Source open(StreamDefinition stream, SourceContext context) {
    world.step("open the queue");
    return new QueueSource(world.input(stream.name()).get(0));
  }

  @Override
  public boolean isBounded(StreamDefinition stream) {
    return true;
  }

  @Override
  public List<Field> metadata() {
    return List.of();
  }

  @Override
  public Replay replay(StreamDefinition stream) {
    return Replay.UNACKNOWLEDGED;
  }

  @Override
  public boolean givesRecordTimes(StreamDefinition stream) {
    return true;
  }

  private final class QueueSource implements Source {
    private final List<InputRow> queue;
    private final List<InputRow> waiting;
    private final List<InputRow> given = new ArrayList<>();
    private int acknowledged;

    QueueSource(List<InputRow> queue) {
      this.queue = queue;
      this.waiting = new ArrayList<>(queue);
      Collections.shuffle(waiting, random);
    }

    @Override
    public List<String> partitions() {
      return List.of("queue");
    }

    @Override
    public PollStatus poll(int partition, RowWriter writer, int maxRows) {
      world.step("poll");
      for (int i = world.randomSize(maxRows); i > 0 && !waiting.isEmpty(); i--) {
        InputRow row = waiting.remove(0);
        given.add(row);
        writer.record(row::toString, row.time());
        writer.beginRow();
        writer.setObject(0, row.key());
        writer.setLong(1, row.value());
        writer.endRow();
      }
      return waiting.isEmpty() ? PollStatus.ENDED : PollStatus.MORE;
    }

    @Override
    public void await(Duration timeout) {}

    @Override
    public String position(int partition) {
      return String.valueOf(given.size());
    }

    @Override
    public void seek(int partition, String position) {
      throw new AssertionError("a queue has no positions to go back to");
    }

    @Override
    public void acknowledge(List<String> positions) {
      world.step("acknowledge");
      int safe = Integer.parseInt(positions.get(0));
      queue.removeAll(given.subList(acknowledged, safe));
      acknowledged = safe;
    }

    @Override
    public void close() {}
  }
}
