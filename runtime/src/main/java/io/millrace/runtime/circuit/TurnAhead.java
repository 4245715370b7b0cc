package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn of an entry whose rows the tasks have, and whose place in the circuit is still to come.
 */
final class TurnAhead {
  private final EntryPort entry;
  private final RecordedTimeline timeline = new RecordedTimeline();
  private final RecordedTimeline ofPartition = new RecordedTimeline();
  private final List<Share> shares = new ArrayList<>();
  private final BatchCopy copy;
  private @Nullable Batch batch;
  private int partition;
  private long base;
  private long time;
  private boolean isIdle;

  /** The parts of a section's tasks. */
  private record Share(Section section, long[] numbers) {}

  TurnAhead(EntryPort entry) {
    this.entry = entry;
    this.copy = new BatchCopy(entry, 16);
  }

  EntryPort entry() {
    return entry;
  }

  /** Takes a turn of rows: copies what the circuit will read, and gives the tasks their parts. */
  void takeRows(int from, long firstCause, Batch rows, List<Section> sections) {
    partition = from;
    base = firstCause;
    entry.ahead().beginRows(from, firstCause, rows);
    Column[] columns = entry.isRead() ? rows.columns() : new Column[0];
    batch = copy.copy(columns, rows.rowtimes(), rows.kinds(), 0, rows.size());
    offer(rows, sections);
  }

  /** Takes a turn in which the watermark of a partition goes to {@code reached}. */
  void takeAdvance(int from, long firstCause, long reached, List<Section> sections) {
    partition = from;
    base = firstCause;
    time = reached;
    isIdle = false;
    entry.ahead().beginAdvance(from, firstCause, reached);
    batch = null;
    offer(null, sections);
  }

  /** Takes a turn in which a partition becomes idle. */
  void takeIdle(int from, long firstCause, List<Section> sections) {
    partition = from;
    base = firstCause;
    isIdle = true;
    entry.ahead().beginIdle(from, firstCause);
    batch = null;
    offer(null, sections);
  }

  private void offer(@Nullable Batch rows, List<Section> sections) {
    PartitionTimelines watermarks = entry.ahead();
    timeline.record(watermarks.all());
    RecordedTimeline lateness = timeline;
    if (watermarks.size() > 1) {
      ofPartition.record(watermarks.latenessOf(partition));
      lateness = ofPartition;
    }
    watermarks.end();
    shares.clear();
    for (Section section : sections) {
      long[] numbers = new long[section.all().size()];
      section.offer(rows, timeline, lateness, numbers);
      shares.add(new Share(section, numbers));
    }
  }

  boolean isDone() {
    for (Share share : shares) {
      if (!share.section.isDone(share.numbers)) {
        return false;
      }
    }
    return true;
  }

  /** Runs the turn through the circuit; all tasks have done their parts. */
  void deliver(Circuit circuit, TurnFailures failures) {
    for (Share share : shares) {
      share.section.deliver(share.numbers, failures);
    }
    try {
      Batch rows = batch;
      if (rows == null && isIdle) {
        circuit.leaveOutNow(entry, partition, base);
      } else if (rows == null) {
        circuit.advanceNow(entry, partition, base, time);
      } else {
        circuit.turnNow(entry, partition, base, rows);
      }
    } finally {
      shares.forEach(share -> share.section.endDelivery());
    }
  }
}
