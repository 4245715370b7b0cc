package io.millrace.benchmarks.snapshots;

import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.types.Field;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A connector whose one source first gives a row for each key, and then rows of a hundredth of the
 * keys: another hundredth each time that it is told to go on to it. At full speed, at a rate, or
 * not at all, as it is told.
 */
final class KeyedRows implements SourceConnector {
  /** The stream: key, value, and when the row was due by the machine's clock, in nanoseconds. */
  static final String STREAM =
      "CREATE STREAM Rows (k BIGINT, v BIGINT, due BIGINT) WITH (connector = 'keyed');";

  private static final int SHARE = 100;
  private static final long SPREAD = 7919;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long keys;
  private volatile long rate;
  private volatile int part;
  private final AtomicLong given = new AtomicLong();

  /**
   * @param keys how many there are
   */
  KeyedRows(long keys) {
    this.keys = keys;
  }

  /** From now on rows come at so many a second; 0 for none, {@link Long#MAX_VALUE} for all. */
  void setRate(long rowsPerSecond) {
    rate = rowsPerSecond;
  }

  /** From now on rows are of the next hundredth of the keys. */
  void nextPart() {
    part = (part + 1) % SHARE;
  }

  /** How many rows were given so far, of every attempt. */
  long given() {
    return given.get();
  }

  @Override
  public String name() {
    return "keyed";
  }

  @Override
  public String description() {
    return "Rows of many keys.";
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
  public List<Field> metadata() {
    return List.of();
  }

  @Override
  public boolean isBounded(StreamDefinition stream) {
    return false;
  }

  @Override
  public boolean givesRecordTimes(StreamDefinition stream) {
    return true;
  }

  @Override
  public Source open(StreamDefinition stream, SourceContext context) {
    return new KeyedSource();
  }

  private final class KeyedSource implements Source {
    private final RecordOrigin origin = this::describe;
    private long row;
    private long pace;
    private long firstRow;
    private long startNanos;

    private String describe() {
      return "row " + row;
    }

    @Override
    public List<String> partitions() {
      return List.of("rows");
    }

    @Override
    public PollStatus poll(int partition, RowWriter writer, int maxRows) {
      long count = Math.min(maxRows, due());
      long now = System.nanoTime();
      for (long i = 0; i < count; i++) {
        writer.record(origin, row / 1_000);
        writer.beginRow();
        writer.setLong(0, key(row));
        writer.setLong(1, row & 1023);
        writer.setLong(2, pace == Long.MAX_VALUE ? now : dueAt(row));
        writer.endRow();
        row++;
      }
      given.addAndGet(count);
      return count == maxRows ? PollStatus.MORE : PollStatus.IDLE;
    }

    private long key(long index) {
      long key = index < keys ? index : (index * SPREAD % (keys / SHARE)) * SHARE + part;
      return key * SPREAD;
    }

    private long due() {
      long wanted = rate;
      if (wanted != pace) {
        pace = wanted;
        firstRow = row;
        startNanos = System.nanoTime();
      }
      if (wanted == Long.MAX_VALUE || wanted == 0) {
        return wanted;
      }
      double seconds = (System.nanoTime() - startNanos) / (double) NANOS_PER_SECOND;
      return firstRow + (long) (seconds * wanted) - row;
    }

    /** The row is there when its time is over. */
    private long dueAt(long index) {
      return startNanos + (long) ((index + 1 - firstRow) * ((double) NANOS_PER_SECOND / pace));
    }

    @Override
    public void await(Duration timeout) {
      if (pace == 0) {
        LockSupport.parkNanos(Math.min(timeout.toNanos(), NANOS_PER_SECOND / 1_000));
        return;
      }
      long end = Math.min(dueAt(row), System.nanoTime() + timeout.toNanos());
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }

    @Override
    public String position(int partition) {
      return Long.toString(row);
    }

    @Override
    public void seek(int partition, String position) {
      row = Long.parseLong(position);
    }

    @Override
    public void acknowledge(List<String> positions) {
      // Rows are made, not kept.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
