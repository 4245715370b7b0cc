package io.millrace.runtime.source;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** A source of rows that are there from the beginning; of each the first column is set. */
final class ListSource implements Source {
  /** The name of a record that gives no row. */
  static final String EMPTY = "";

  private final List<List<Row>> partitions;
  private final int[] next;
  private final boolean isBounded;
  private final List<List<String>> acknowledged = new ArrayList<>();
  private final AtomicInteger awaited = new AtomicInteger();
  private Runnable beforePoll = () -> {};

  /** A row and its record's time. */
  record Row(long time, String name) {}

  /**
   * @param isBounded whether a partition ends behind its last row
   */
  ListSource(boolean isBounded, List<List<Row>> partitions) {
    this.partitions = partitions;
    this.isBounded = isBounded;
    this.next = new int[partitions.size()];
  }

  /** Has something happen at each poll of the last partition. */
  void beforePollOfLast(Runnable action) {
    beforePoll = action;
  }

  /** How often somebody has waited for it. */
  int awaited() {
    return awaited.get();
  }

  List<List<String>> acknowledged() {
    return acknowledged;
  }

  @Override
  public List<String> partitions() {
    return IntStream.range(0, partitions.size()).mapToObj(i -> "p" + i).toList();
  }

  @Override
  public PollStatus poll(int partition, RowWriter writer, int maxRows) {
    if (partition == partitions.size() - 1) {
      beforePoll.run();
    }
    List<Row> rows = partitions.get(partition);
    for (int i = 0; i < maxRows && next[partition] < rows.size(); i++) {
      Row row = rows.get(next[partition]++);
      writer.record(row::name, row.time());
      if (row.name().equals(EMPTY)) {
        writer.skipEmpty();
        continue;
      }
      writer.beginRow();
      writer.setObject(0, row.name());
      writer.endRow();
    }
    boolean more = next[partition] < rows.size();
    return more ? PollStatus.MORE : isBounded ? PollStatus.ENDED : PollStatus.IDLE;
  }

  @Override
  public void await(Duration timeout) {
    awaited.incrementAndGet();
  }

  @Override
  public String position(int partition) {
    return String.valueOf(next[partition]);
  }

  @Override
  public void seek(int partition, String position) {
    next[partition] = Integer.parseInt(position);
  }

  @Override
  public void acknowledge(List<String> positions) {
    acknowledged.add(positions);
  }

  @Override
  public void close() {}
}
