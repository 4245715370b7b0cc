package io.millrace.connectors.generator;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows one after the other, as many as are due by the clock: who polls late finds those that
 * have come due in the meantime.
 */
final class GeneratorSource implements Source {
  private static final String PARTITION = "rows";
  private static final double NANOS_PER_SECOND = 1e9;

  private final GeneratorOptions options;
  private final FieldGenerator[] fields;
  private final Clock clock;
  private final Draw draw;
  private final RecordOrigin origin = this::describe;
  private OptionalLong start;
  private long row;
  private @Nullable Pace pace;

  GeneratorSource(GeneratorOptions options, Clock clock) {
    this.options = options;
    this.fields = options.fields().toArray(FieldGenerator[]::new);
    this.clock = clock;
    this.draw = new Draw(options.seed());
    this.start = options.start();
  }

  /** Since when rows are counted by the clock. */
  private record Pace(long firstRow, long startNanos) {}

  @Override
  public List<String> partitions() {
    return List.of(PARTITION);
  }

  @Override
  public PollStatus poll(int partition, RowWriter writer, int maxRows) {
    long startMillis = startMillis();
    long due = Math.min(options.count(), dueRows());
    long end = Math.min(due, row + maxRows);
    while (row < end) {
      long time = startMillis + (long) (row * options.millisPerRow());
      writer.record(origin, time);
      writer.beginRow();
      for (int i = 0; i < fields.length; i++) {
        draw.begin(row, time, i);
        fields[i].write(draw, writer, i);
      }
      writer.endRow();
      row++;
    }
    if (row >= options.count()) {
      return PollStatus.ENDED;
    }
    return row < due ? PollStatus.MORE : PollStatus.IDLE;
  }

  /** The number of rows that should have been made by now. */
  private long dueRows() {
    if (Double.isInfinite(options.rowsPerSecond())) {
      return Long.MAX_VALUE;
    }
    Pace counted = pace;
    if (counted == null) {
      counted = new Pace(row, clock.nanos());
      pace = counted;
    }
    double seconds = (clock.nanos() - counted.startNanos()) / NANOS_PER_SECOND;
    return counted.firstRow() + 1 + (long) (seconds * options.rowsPerSecond());
  }

  private long startMillis() {
    if (start.isEmpty()) {
      start = OptionalLong.of(clock.millis());
    }
    return start.getAsLong();
  }

  @Override
  public void await(Duration timeout) {
    long nanos = timeout.toNanos();
    Pace counted = pace;
    if (counted != null) {
      double dueAt = (row - counted.firstRow()) / options.rowsPerSecond() * NANOS_PER_SECOND;
      nanos = Math.min(nanos, (long) dueAt - (clock.nanos() - counted.startNanos()));
    }
    LockSupport.parkNanos(nanos);
  }

  @Override
  public String position(int partition) {
    return row + "@" + startMillis();
  }

  @Override
  public void seek(int partition, String position) {
    int at = position.indexOf('@');
    try {
      row = Long.parseLong(position.substring(0, Math.max(0, at)));
      start = OptionalLong.of(Long.parseLong(position.substring(at + 1)));
    } catch (NumberFormatException e) {
      throw new MillraceException("'" + position + "' is no position of a generator", e);
    }
    pace = null;
  }

  @Override
  public void acknowledge(List<String> positions) {
    // Nothing is kept for rows that are safe.
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private String describe() {
    return "row " + row;
  }
}
