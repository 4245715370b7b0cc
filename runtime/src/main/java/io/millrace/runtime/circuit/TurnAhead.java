package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.time.LaggingTimeline;
import io.millrace.spi.time.Timeline;
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

  /** By what the rows are late: the watermark of their partition. */
  private Timeline lateness = timeline;

  private @Nullable Batch batch;
  private final RowMarks marks = new RowMarks();
  private int partition;
  private long base;
  private long time;
  private boolean isIdle;

  /** The parts of a section's tasks. */
  private final class Share {
    final Section section;

    /** That of the section whose rows it takes; null if they are the entry's. */
    final @Nullable Share before;

    final long[] numbers;

    /** The watermark of what comes in, where it is behind that of the entry. */
    final RecordedTimeline lagging = new RecordedTimeline();

    /** The number of the turn in the section. */
    long turn;

    boolean isOffered;

    /** Why what the section before has made was not handed over; null if it was. */
    @Nullable RuntimeException failure;

    Share(Section section) {
      this.section = section;
      this.before = section.taken() == null ? null : share(section.taken());
      this.numbers = new long[section.all().size()];
    }

    boolean isDone() {
      return isOffered && section.isDone(numbers);
    }

    /** Offers the tasks what the section before has made, if that is done and no turn is before. */
    boolean goOn() {
      Share taken = before;
      if (taken == null || isOffered || !section.isNext(turn) || !taken.isDone()) {
        return false;
      }
      long lag = section.lagMillis();
      Timeline watermark = timeline;
      if (lag > 0) {
        lagging.record(new LaggingTimeline(timeline, lag));
        watermark = lagging;
      }
      failure = section.offer(taken.numbers, watermark, lateness, numbers);
      isOffered = true;
      return true;
    }
  }

  TurnAhead(EntryPort entry) {
    this.entry = entry;
    this.copy = new BatchCopy(entry, 16);
  }

  EntryPort entry() {
    return entry;
  }

  /** Takes a turn of rows: copies what the circuit will read, and gives the tasks their parts. */
  void takeRows(int from, long firstCause, Batch rows, @Nullable RowMarks told) {
    partition = from;
    base = firstCause;
    entry.ahead().beginRows(from, firstCause, rows, told);
    entry.setLane(from, rows, told);
    if (told != null) {
      marks.copy(told);
    }
    Column[] columns = entry.isRead() ? rows.columns() : new Column[0];
    batch = copy.copy(columns, rows.rowtimes(), rows.kinds(), 0, rows.size());
    offer(rows, entry.sections());
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

  /** Takes the entry's part of a turn in which the watermarks of all partitions go on. */
  void takeAdvanceOfAll(long firstCause, long reached) {
    partition = 0;
    base = firstCause;
    isIdle = false;
    entry.ahead().beginAdvanceOfAll(firstCause, reached);
    batch = null;
    offer(null, entry.sections());
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
    lateness = timeline;
    if (watermarks.size() > 1 || entry.isTold()) {
      ofPartition.record(watermarks.latenessOf(partition));
      lateness = ofPartition;
    }
    watermarks.end();
    if (!areSharesOf(sections)) {
      shares.clear();
      sections.forEach(section -> shares.add(new Share(section)));
    }
    for (Share share : shares) {
      share.turn = share.section.begin();
      share.isOffered = share.before == null;
      share.failure = null;
      if (share.isOffered) {
        share.section.offer(rows, timeline, lateness, share.numbers);
      }
    }
  }

  private boolean areSharesOf(List<Section> sections) {
    boolean same = shares.size() == sections.size();
    for (int i = 0; same && i < shares.size(); i++) {
      same = shares.get(i).section == sections.get(i);
    }
    return same;
  }

  private @Nullable Share share(@Nullable Section section) {
    return shares.stream().filter(share -> share.section == section).findFirst().orElse(null);
  }

  /**
   * Hands over what sections have made to those behind them, where the turn is the next of these.
   *
   * @return whether any tasks have work now that they had not
   */
  boolean goOn() {
    boolean any = false;
    for (Share share : shares) {
      any |= share.goOn();
    }
    return any;
  }

  boolean isDone() {
    for (Share share : shares) {
      if (!share.isDone()) {
        return false;
      }
    }
    return true;
  }

  /** Shows what the tasks have made of the turn to those that stand for them in the circuit. */
  void beginDelivery(TurnFailures failures) {
    for (Share share : shares) {
      if (share.failure != null) {
        failures.add(share.failure);
      }
      share.section.deliver(share.numbers, failures);
    }
  }

  void endDelivery() {
    shares.forEach(share -> share.section.endDelivery());
  }

  /** Runs the turn through the circuit; all tasks have done their parts. */
  void deliver(Circuit circuit, TurnFailures failures) {
    beginDelivery(failures);
    try {
      Batch rows = batch;
      if (rows == null && isIdle) {
        circuit.leaveOutNow(entry, partition, base);
      } else if (rows == null) {
        circuit.advanceNow(entry, partition, base, time);
      } else {
        circuit.turnNow(entry, partition, base, rows, entry.isTold() ? marks : null);
      }
    } finally {
      endDelivery();
    }
  }
}
