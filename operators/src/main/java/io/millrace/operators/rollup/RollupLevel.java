package io.millrace.operators.rollup;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.functions.CalendarUnit;
import io.millrace.operators.kernel.CheckingKernel;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.state.StateType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The buckets of one granularity: a table of groups for each that has rows, by its start. */
final class RollupLevel {
  private static final int VERSION = 1;

  /** The field of a group that holds the number of its rows. */
  private static final int ROWS = 0;

  private final RollupGranularity granularity;
  private final CalendarBuckets calendar;
  private final GroupColumns columns;
  private final CheckingKernel kernel;
  private final GroupOrder order;
  private final Panes panes;

  /** The bucket that was asked for last. */
  private CalendarBuckets.Bucket bucket = new CalendarBuckets.Bucket(0, 0);

  /** The earliest bucket that is there, as far as is known. */
  private CalendarBuckets.Bucket first = bucket;

  /** The groups of that bucket, once rows have been put into it. */
  private @Nullable SlotTable groups;

  private int[] slots = new int[0];
  private int[] numbers = new int[0];

  /**
   * @param kernel for this level alone
   */
  RollupLevel(
      RollupSpec spec,
      RollupGranularity granularity,
      GroupColumns columns,
      CheckingKernel kernel,
      StateContext state) {
    this.granularity = granularity;
    this.calendar = new CalendarBuckets(granularity.unit(), spec.zone());
    this.columns = columns;
    this.kernel = kernel;
    this.order = new GroupOrder(spec.program().fields().size());
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(GroupOrder.FIELDS);
    String name = granularity.unit().name().toLowerCase(Locale.ROOT);
    this.panes =
        state.panes(
            new PanesSpec(
                new SlotTableSpec(name, VERSION, spec.keyTypes(), fields).keyedBy(spec.keys())));
  }

  CalendarUnit unit() {
    return granularity.unit();
  }

  /** Makes the bucket of a time the one that is spoken of. */
  CalendarBuckets.Bucket seek(long time) {
    if (!bucket.contains(time)) {
      bucket = calendar.at(time);
    }
    return bucket;
  }

  /** Whether the bucket is kept at a watermark. */
  boolean keeps(long watermark) {
    return granularity.keeps(bucket.end(), watermark);
  }

  /** The watermark at which the bucket is forgotten. */
  long deadline() {
    return granularity.deadline(bucket.end());
  }

  /** Finds or makes the groups of rows in the bucket. */
  void resolve(int from, int to) {
    if (slots.length < to) {
      slots = new int[Math.max(to, 2 * slots.length)];
    }
    SlotTable found = panes.pane(bucket.start());
    found.resolve(columns.keys(), from, to, slots);
    kernel.bind(found);
    groups = found;
  }

  private SlotTable groups() {
    return Objects.requireNonNull(groups, "no rows are in the bucket");
  }

  /** See {@link CheckingKernel#refusesRows}. */
  boolean refusesRows() {
    return kernel.refusesRows();
  }

  /** Whether the group of a row, which has been found, takes it. */
  boolean accepts(int row, RowErrors errors) {
    return kernel.accepts(columns.arguments(), row, slots[row], errors);
  }

  /** Adds rows to their groups, which have been found. */
  void add(Batch batch, int from, int to, RowErrors errors) {
    kernel.add(columns.arguments(), from, to, slots, errors);
    order.note(groups(), batch, from, to, slots, errors);
  }

  /** Removes the groups that were made for rows which have been refused. */
  void removeGroupsWithoutRows(RowErrors refused) {
    SlotTable there = groups();
    for (int i = 0; i < refused.size(); i++) {
      int slot = there.find(columns.keys(), refused.row(i));
      if (slot >= 0 && ((LongColumn) there.field(ROWS)).values()[slot] == 0) {
        there.remove(slot);
      }
    }
    if (there.size() == 0) {
      panes.remove(bucket.start());
    }
  }

  /** Forgets the buckets that a watermark says are old. */
  void forget(long watermark) {
    while (!panes.isEmpty()) {
      long start = panes.firstTime();
      if (first.start() != start || first.start() == first.end()) {
        first = calendar.at(start);
      }
      if (granularity.keeps(first.end(), watermark)) {
        return;
      }
      panes.remove(start);
    }
  }

  /** Writes the groups of the buckets that begin in {@code [from, to)}. */
  void read(long from, long to, RollupOperator.Part part) {
    long start = from == Long.MIN_VALUE ? panes.firstTime() : panes.nextTime(from - 1);
    for (; start < to && start < Long.MAX_VALUE; start = panes.nextTime(start)) {
      SlotTable read = panes.pane(start);
      if (numbers.length < read.size()) {
        numbers = new int[Math.max(read.size(), 2 * numbers.length)];
      }
      int count = order.order(read, numbers);
      long end = calendar.at(start).end();
      for (int i = 0; i < count; ) {
        RowBuffer out = part.withRoom();
        int next = Math.min(count, i + part.room());
        int row = columns.writeGroups(read, kernel, numbers, i, next, end - 1, 0, out);
        int bounds = out.schema().size() - 2;
        Arrays.fill(((LongColumn) out.column(bounds)).values(), row, out.size(), start);
        Arrays.fill(((LongColumn) out.column(bounds + 1)).values(), row, out.size(), end);
        i = next;
      }
    }
    part.flush();
  }
}
