package io.millrace.engine.fault;

import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.types.Field;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives the rows of an input of a {@link World}: key, value and record time; in polls of any size.
 */
final class WorldSourceConnector implements SourceConnector {
  private final World world;

  WorldSourceConnector(World world) {
    this.world = world;
  }

  @Override
  public String name() {
    return "world";
  }

  @Override
  public String description() {
    return "Rows of a test's world.";
  }

  @Override
  public FormatUse formatUse() {
    return FormatUse.NONE;
  }

  @Override
  public List<OptionSpec> options() {
    return List.of(
        OptionSpec.choice("end", "yes", List.of("yes", "no"), "Whether the input ends."));
  }

  @Override
  public Source open(StreamDefinition stream, SourceContext context) {
    world.step("open the source");
    return new WorldSource(world.input(stream.name()), isBounded(stream));
  }

  @Override
  public boolean isBounded(StreamDefinition stream) {
    return stream.options().getChoice("end").equals("yes");
  }

  @Override
  public List<Field> metadata() {
    return List.of();
  }

  @Override
  public boolean givesRecordTimes(StreamDefinition stream) {
    return true;
  }

  private final class WorldSource implements Source {
    private final List<List<InputRow>> partitions;
    private final boolean isBounded;
    private final int[] next;

    WorldSource(List<List<InputRow>> partitions, boolean isBounded) {
      this.partitions = partitions;
      this.isBounded = isBounded;
      this.next = new int[partitions.size()];
    }

    @Override
    public List<String> partitions() {
      return IntStream.range(0, partitions.size()).mapToObj(i -> "w" + i).toList();
    }

    @Override
    public PollStatus poll(int partition, RowWriter writer, int maxRows) {
      world.step("poll");
      List<InputRow> rows = partitions.get(partition);
      int size = world.randomSize(maxRows);
      for (int i = 0; i < size && next[partition] < rows.size(); i++) {
        InputRow row = rows.get(next[partition]++);
        writer.record(row::toString, row.time());
        writer.beginRow();
        writer.setObject(0, row.key());
        writer.setLong(1, row.value());
        writer.endRow();
      }
      if (size == 0) {
        return PollStatus.IDLE;
      }
      boolean more = next[partition] < rows.size();
      return more ? PollStatus.MORE : isBounded ? PollStatus.ENDED : PollStatus.IDLE;
    }

    @Override
    public void await(Duration timeout) {}

    @Override
    public String position(int partition) {
      return String.valueOf(next[partition]);
    }

    @Override
    public void seek(int partition, String position) {
      world.step("seek");
      next[partition] = Integer.parseInt(position);
    }

    @Override
    public void acknowledge(List<String> positions) {
      world.step("acknowledge");
      world.acknowledge(positions);
    }

    @Override
    public void close() {}
  }
}
