package io.millrace.operators.window;

import io.millrace.operators.aggregate.EmissionNumbers;
import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Batches of so many rows. A table tells them apart and counts their rows, a log holds the groups
 * of each. The row that fills a batch sends the groups, in the order of their first rows, or each
 * row has sent its own. As changes they take the place of those of the batch before. Where rows are
 * those of elements, what these have changed is sent when their row is counted, behind them.
 */
final class LengthBatchOperator implements Operator {
  private static final int VERSION = 1;
  private static final int ROW_COUNT = 0;
  private static final StateType SENT = StateType.of("sent", DataType.BIGINT);
  private static final StateType ROWS = StateType.of("rows", DataType.BIGINT);
  private final LengthBatchSpec spec;
  private final KernelLoader loader;
  private final boolean sendsEach;
  private final boolean numbersRows;
  private final boolean takesBack;
  private final RowErrors errors = new RowErrors();
  private final GroupOrder order;
  private final LongColumn groupOfRow = new LongColumn(0);
  private final Column[] member = {groupOfRow};
  private SlotTable batches;
  private SlotTable groups;
  private RowLog members;

  /** How many batches have been full, or have begun: it numbers emissions, or batches. */
  private EmissionNumbers emissions;

  /** What takes the place of what; null where rows are no changes. */
  private @Nullable SentBatches sentBefore;

  private AggregateKernel kernel;
  private GroupColumns columns;
  private Column[] partition;
  private RowBuffer out;

  /** What a group has sent last, until it is known that the arriving row replaces it. */
  private RowBuffer replaced;

  private Column[] replacedResults;
  private Timeline outputTimeline;
  private int batchSize;
  private int[] batchSlots = new int[0];
  private int[] groupSlots = new int[0];

  /** The numbers of the groups of a full batch, or of those that a row's elements are in. */
  private int[] sent = new int[0];

  /** Of elements that are sent as they come: the groups of those whose row is not counted yet. */
  private @Nullable RowLog uncounted;

  private final TouchedGroups touched = new TouchedGroups();

  private final int[] one = new int[1];

  LengthBatchOperator(LengthBatchSpec spec, KernelLoader loader) {
    this.spec = spec;
    this.loader = loader;
    this.sendsEach = spec.sends().areOfRows();
    this.numbersRows = spec.sends() == LengthBatchSpec.Sends.NUMBERED_ROWS;
    this.takesBack = spec.sends() == LengthBatchSpec.Sends.REPLACED_ROWS;
    this.order = new GroupOrder(spec.program().fields().size());
  }

  @Override
  public void open(OperatorContext context) {
    batches =
        context
            .state()
            .slotTable(
                new SlotTableSpec(
                    "batches",
                    VERSION,
                    types(spec.partition()),
                    numbersRows
                        ? List.of(ROWS, StateType.of("number", DataType.BIGINT))
                        : List.of(ROWS)));
    List<StateType> fields = new ArrayList<>(spec.program().fields());
    fields.addAll(GroupOrder.FIELDS);
    if (takesBack) {
      fields.add(SENT);
    }
    groups =
        context.state().slotTable(new SlotTableSpec("groups", VERSION, types(spec.keys()), fields));
    members = context.state().rowLog(new RowLogSpec("members", VERSION, List.of(DataType.BIGINT)));
    uncounted =
        spec.element() >= 0 && sendsEach
            ? context.state().rowLog(new RowLogSpec("uncounted", VERSION, List.of(DataType.BIGINT)))
            : null;
    sentBefore = spec.sends().areChanges() ? new SentBatches(context.state(), spec) : null;
    emissions = new EmissionNumbers(context.state().longValue("emissions"), spec.set());
    kernel = loader.load(spec.program().kernel(), context.evaluation());
    columns =
        new GroupColumns(spec.keys(), spec.arguments(), spec.program(), GroupColumns.Order.ARRIVAL);
    partition = new Column[spec.partition().size()];
    batchSize = context.batchSize();
    outputTimeline = context.outputTimeline();
    out = new RowBuffer(spec.output(), batchSize, outputTimeline);
    replaced = new RowBuffer(spec.output(), 1, outputTimeline);
    Column[] all = replaced.columns();
    replacedResults = Arrays.copyOfRange(all, spec.keys().size(), all.length);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    int count = batch.size();
    if (batchSlots.length < count) {
      batchSlots = new int[count];
      groupSlots = new int[count];
      groupOfRow.ensureCapacity(count);
    }
    columns.of(batch);
    emissions.begin(batch);
    for (int i = 0; i < partition.length; i++) {
      partition[i] = batch.column(spec.partition().get(i));
    }
    for (int row = 0; row < count; row++) {
      arrive(batch, row, output);
    }
    flush(batch.lateness(), output);
    errors.giveTo(output, batch);
  }

  @Override
  public boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    return false;
  }

  private void arrive(Batch batch, int row, Output output) {
    emissions.arrive(row);
    if (spec.element() >= 0 && elements(batch)[row] == 0) {
      count(batch, row, output);
      return;
    }
    groups.resolve(columns.keys(), row, row + 1, groupSlots);
    kernel.bind(groups);
    int slot = groupSlots[row];
    int group = groups.number(slot);
    int failed = errors.size();
    hold(batch, row, slot);
    kernel.add(columns.arguments(), row, row + 1, groupSlots, errors);
    if (errors.size() > failed) {
      if (rowsAt(slot) == 0) {
        groups.remove(slot);
      }
      return;
    }
    batches.resolve(partition, row, row + 1, batchSlots);
    int full = batches.number(batchSlots[row]);
    if (rowsAt(slot) == 1) {
      order.begin(groups, slot);
      groupOfRow.put(row, group);
      members.append(full, batch.rowtimes()[row], member, row);
    }
    order.note(groups, batch, row, row + 1, groupSlots, errors);
    if (spec.element() >= 0) {
      if (uncounted != null) {
        groupOfRow.put(row, group);
        uncounted.append(full, batch.rowtimes()[row], member, row);
      }
      return;
    }
    long rows = ++((LongColumn) batches.field(0)).values()[batchSlots[row]];
    if (numbersRows && rows == 1) {
      numbers()[batchSlots[row]] = emissions.take();
    }
    sendRow(batch, row, rows == 1, output);
    if (rows == spec.rows()) {
      close(batch, row, full, output);
    }
  }

  /** Sends the group of a row, if rows send theirs. */
  private void sendRow(Batch batch, int row, boolean begins, Output output) {
    if (takesBack) {
      replace(batch, row, groupSlots[row]);
      if (out.size() >= batchSize - 1) {
        flush(batch.lateness(), output);
      }
    } else if (sendsEach) {
      if (sentBefore != null) {
        change(sentBefore, begins, batch, row, output);
      }
      one[0] = groups.number(groupSlots[row]);
      long number = numbersRows ? numbers()[batchSlots[row]] : emissions.next();
      write(one, 1, number, batch, row, output);
    }
  }

  /** Counts the row whose elements have come. */
  private void count(Batch batch, int row, Output output) {
    batches.resolve(partition, row, row + 1, batchSlots);
    int full = batches.number(batchSlots[row]);
    long rows = ++((LongColumn) batches.field(0)).values()[batchSlots[row]];
    if (uncounted != null) {
      int changed = changed(uncounted, full);
      if (sentBefore != null) {
        replace(sentBefore, rows == 1, changed, batch, row, output);
      }
      write(sent, changed, emissions.next(), batch, row, output);
    }
    if (rows == spec.rows()) {
      close(batch, row, full, output);
    }
  }

  /** Puts the groups of elements whose row is counted now into {@code sent}, each once. */
  private int changed(RowLog elements, int batch) {
    for (long ordinal = elements.first(batch); ordinal < elements.end(batch); ordinal++) {
      touched.add(groupAt(elements, batch, ordinal));
    }
    elements.clear(batch);
    int count = touched.count();
    ensureSent(count);
    for (int i = 0; i < count; i++) {
      sent[i] = touched.get(i);
    }
    touched.clear();
    return count;
  }

  private static int groupAt(RowLog log, int batch, long ordinal) {
    Column groupsOfBatch = log.columns(batch, ordinal)[0];
    return (int) ((LongColumn) groupsOfBatch).values()[log.index(batch, ordinal)];
  }

  private void ensureSent(int count) {
    if (sent.length < count) {
      sent = new int[Math.max(count, 2 * sent.length)];
    }
  }

  private long[] elements(Batch batch) {
    return ((LongColumn) batch.column(spec.element())).values();
  }

  /** Says that the batch of a row has its group, before that is sent. */
  private void change(SentBatches before, boolean begins, Batch batch, int row, Output output) {
    if (begins) {
      before.begin(partition, row);
    } else {
      before.goOn(partition, row);
    }
    before.add(columns.keys(), row);
    if (begins) {
      before.replace(gone -> delete(before, gone, batch, row, output));
    }
  }

  /**
   * Says that the batch of a row has the groups {@code sent[0..count)}.
   *
   * @param begins whether they take the place of those of the batch before
   */
  private void replace(
      SentBatches before, boolean begins, int count, Batch batch, int row, Output output) {
    Column[] keys = new Column[spec.keys().size()];
    Arrays.setAll(keys, groups::key);
    if (begins) {
      before.begin(partition, row);
    } else {
      before.goOn(partition, row);
    }
    for (int i = 0; i < count; i++) {
      before.add(keys, groups.slot(sent[i]));
    }
    if (begins) {
      before.replace(gone -> delete(before, gone, batch, row, output));
    }
  }

  private void delete(SentBatches before, int gone, Batch batch, int row, Output output) {
    if (out.size() == batchSize) {
      flush(batch.lateness(), output);
    }
    int to = out.append(batch.rowtimes()[row], batch.position(row), RowKind.DELETE);
    out.moment(to, batch.moment(row));
    for (int i = 0; i < spec.output().size(); i++) {
      if (i < spec.keys().size()) {
        out.column(i).copy(before.key(i), gone, to);
      } else {
        out.column(i).setNull(to);
      }
    }
  }

  /** Keeps what the group at a slot has sent last, if rows are taken back. */
  private void hold(Batch batch, int row, int slot) {
    replaced.clear();
    if (takesBack && rowsAt(slot) > 0) {
      replaced.append(sentTimes()[slot], batch.position(row), RowKind.UPDATE_BEFORE);
      write(slot, replaced, replacedResults, batch.moment(row));
    }
  }

  /** Sends the group at a slot behind what it has sent last. */
  private void replace(Batch batch, int row, int slot) {
    RowKind kind = RowKind.INSERT;
    if (!replaced.isEmpty()) {
      out.appendRowOf(replaced, 0);
      for (int c = 0; c < replaced.columns().length; c++) {
        out.column(c).copy(replaced.column(c), 0, out.size() - 1);
      }
      kind = RowKind.UPDATE_AFTER;
    }
    long time = batch.rowtimes()[row];
    out.append(time, batch.position(row), kind);
    write(slot, out, columns.resultsOf(out), batch.moment(row));
    sentTimes()[slot] = time;
  }

  /** Fills the last row of a buffer with the group at a slot. */
  private void write(int slot, RowBuffer to, Column[] results, long moment) {
    int row = to.size() - 1;
    to.moment(row, moment);
    for (int k = 0; k < spec.keys().size(); k++) {
      to.column(k).copy(groups.key(k), slot, row);
    }
    one[0] = slot;
    kernel.results(one, 0, 1, results, row);
    ((LongColumn) to.column(spec.output().size() - 1)).put(row, emissions.next());
  }

  private long[] sentTimes() {
    int field = spec.program().fields().size() + GroupOrder.FIELDS.size();
    return ((LongColumn) groups.field(field)).values();
  }

  private long[] numbers() {
    return ((LongColumn) batches.field(1)).values();
  }

  private long rowsAt(int slot) {
    return ((LongColumn) groups.field(ROW_COUNT)).values()[slot];
  }

  private void close(Batch batch, int row, int full, Output output) {
    int count = members.size(full);
    ensureSent(count);
    for (int i = 0; i < count; i++) {
      sent[i] = groupAt(members, full, members.first(full) + i);
    }
    long number = numbersRows ? emissions.next() : emissions.take();
    if (!sendsEach) {
      order.sort(groups, sent, count);
      if (sentBefore != null) {
        replace(sentBefore, true, count, batch, row, output);
      }
      write(sent, count, number, batch, row, output);
    }
    for (int i = 0; i < count; i++) {
      groups.remove(groups.slot(sent[i]));
    }
    members.clear(full);
    batches.remove(batches.slot(full));
  }

  /**
   * Sends the groups {@code numbers[0..count)}, because of a row and with its time.
   *
   * @param emission what they are numbered with
   */
  private void write(int[] numbers, int count, long emission, Batch batch, int row, Output output) {
    for (int from = 0, to; from < count; from = to) {
      if (out.size() == batchSize) {
        flush(batch.lateness(), output);
      }
      to = Math.min(count, from + batchSize - out.size());
      long time = batch.rowtimes()[row];
      int first =
          columns.writeGroups(groups, kernel, numbers, from, to, time, batch.position(row), out);
      out.moment(first, batch.moment(row));
      LongColumn ofBatch = (LongColumn) out.column(spec.output().size() - 1);
      Arrays.fill(ofBatch.values(), first, out.size(), emission);
    }
  }

  private void flush(Timeline lateness, Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(outputTimeline, lateness));
      out.clear();
    }
  }

  private List<DataType> types(List<Integer> indexes) {
    return indexes.stream().map(spec.input()::type).toList();
  }
}
