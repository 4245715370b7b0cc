package io.millrace.operators.window;

import io.millrace.operators.aggregate.GroupColumns;
import io.millrace.operators.aggregate.GroupOrder;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.order.KeyOrder;
import io.millrace.operators.window.RevisionSpec.Pane;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends groups of windows again and again: keys, results, start and end, the pane, and a revision
 * that counts the rows of a window and group from 0; where rows are taken back, their kind; then
 * what is carried of the row for which one is sent. Fields of each slot hold that number and, where
 * they are asked for, the results that were sent last.
 */
final class RevisionOutput {
  private static final Pane[] PANES = Pane.values();
  private final RevisionSpec spec;
  private final Fields fields;
  private final GroupColumns columns;
  private final GroupOrder order;
  private final AggregateKernel kernel;
  private final RowBuffer out;
  private final Timeline timeline;
  private final int batchSize;
  private final boolean ranksRows;

  /** The results of one group. */
  private final Column[] results;

  private final KeyOrder[] compared;

  private final int[] one = new int[1];

  /** Where rows are sent now: for a row of a batch, or at an advance at which a moment has come. */
  private @Nullable Batch cause;

  private int causeRow;
  private int code;
  private long deadline;

  /** See {@link Batch#moments}. */
  private long moment;

  /**
   * What it needs in each slot.
   *
   * @param first the index of its first field in the table
   * @param remember whether what was sent is kept
   */
  record Fields(AggregateProgram program, int first, boolean remember) {
    List<StateType> types() {
      List<StateType> types = new ArrayList<>();
      types.add(StateType.of("revisions", DataType.BIGINT));
      if (remember) {
        types.add(StateType.of("sent_pane", DataType.BIGINT));
        for (int i = 0; i < program.results().size(); i++) {
          types.add(StateType.of("sent_" + i, program.results().get(i)));
        }
      }
      return types;
    }
  }

  RevisionOutput(
      RevisionSpec spec,
      Fields fields,
      GroupColumns columns,
      GroupOrder order,
      AggregateKernel kernel,
      Schema schema,
      OperatorContext context) {
    this.spec = spec;
    this.fields = fields;
    this.columns = columns;
    this.order = order;
    this.kernel = kernel;
    timeline = context.outputTimeline();
    batchSize = context.batchSize();
    ranksRows = context.ranksRows();
    out = new RowBuffer(schema, batchSize, timeline);
    List<DataType> types = fields.program().results();
    results = new Column[types.size()];
    compared = new KeyOrder[types.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = Column.of(types.get(i).layout(), 1);
      compared[i] = KeyOrder.ascending(types.get(i).layout(), i);
    }
  }

  /** Says that what is sent next is sent because of a row. */
  void causedBy(Batch batch, int row) {
    cause = batch;
    causeRow = row;
  }

  /**
   * Says that what is sent next is sent at an advance, because a moment has come.
   *
   * @param watermark which has reached it
   */
  void at(int position, long due, Timeline watermark) {
    cause = null;
    code = position;
    deadline = due;
    moment = watermark.momentOfDeadline(due, position);
  }

  /** Says that a slot has sent nothing of its window. */
  void begin(SlotTable table, int slot) {
    table.touch(slot);
    sent(table)[slot] = 0;
  }

  boolean hasSent(SlotTable table, int slot) {
    return sent(table)[slot] > 0;
  }

  /** Sends what a group holds now. */
  void send(SlotTable table, int slot, long start, long end, Pane pane, Output output) {
    take(table, slot);
    write(table, slot, start, end, pane, output);
  }

  /** Sends what a group holds now if it is not what it has sent last. */
  void sendIfChanged(SlotTable table, int slot, long start, long end, Pane pane, Output output) {
    take(table, slot);
    if (!hasSent(table, slot) || !holdsWhatWasSent(table, slot)) {
      write(table, slot, start, end, pane, output);
    }
  }

  /** Deletes what a group has sent last, of a window that it is no more. */
  void delete(SlotTable table, int slot, long start, long end, Output output) {
    takeBack(table, slot, start, end, RowKind.DELETE, output);
    begin(table, slot);
  }

  /** Sends what a group has sent last once more, as a row of another kind. */
  private void takeBack(
      SlotTable table, int slot, long start, long end, RowKind kind, Output output) {
    int row = append(table, slot, end, kind, output);
    for (int i = 0; i < results.length; i++) {
      columns.resultsOf(out)[i].copy(remembered(table, i), slot, row);
    }
    Pane pane = PANES[(int) sentPane(table)[slot]];
    writeBounds(row, start, end, pane, sent(table)[slot] - 1, kind);
  }

  private void take(SlotTable table, int slot) {
    for (Column column : results) {
      column.clearNulls();
    }
    one[0] = slot;
    kernel.bind(table);
    kernel.results(one, 0, 1, results, 0);
  }

  private boolean holdsWhatWasSent(SlotTable table, int slot) {
    for (int i = 0; i < results.length; i++) {
      if (compared[i].compare(results[i], 0, remembered(table, i), slot) != 0) {
        return false;
      }
    }
    return true;
  }

  private void write(SlotTable table, int slot, long start, long end, Pane pane, Output output) {
    boolean replaces = spec.withRetractions() && hasSent(table, slot);
    if (replaces) {
      takeBack(table, slot, start, end, RowKind.UPDATE_BEFORE, output);
    }
    RowKind kind = replaces ? RowKind.UPDATE_AFTER : RowKind.INSERT;
    int row = append(table, slot, end, kind, output);
    for (int i = 0; i < results.length; i++) {
      columns.resultsOf(out)[i].copy(results[i], 0, row);
    }
    carry(row);
    table.touch(slot);
    if (fields.remember()) {
      remember(table, slot, pane);
    }
    writeBounds(row, start, end, pane, sent(table)[slot]++, kind);
  }

  /** Copies what is carried of the row for which one is sent. */
  private void carry(int row) {
    Batch batch = cause;
    if (batch == null || spec.carried().isEmpty()) {
      return;
    }
    int first = out.schema().size() - spec.carried().size();
    for (int i = 0; i < spec.carried().size(); i++) {
      out.column(first + i).copy(batch.column(spec.carried().get(i)), causeRow, row);
    }
  }

  private void remember(SlotTable table, int slot, Pane pane) {
    sentPane(table)[slot] = pane.ordinal();
    for (int i = 0; i < results.length; i++) {
      remembered(table, i).copy(results[i], 0, slot);
    }
  }

  private void writeBounds(int row, long start, long end, Pane pane, long revision, RowKind kind) {
    int first = out.schema().size() - spec.carried().size() - (spec.withRetractions() ? 5 : 4);
    ((LongColumn) out.column(first)).put(row, start);
    ((LongColumn) out.column(first + 1)).put(row, end);
    out.column(first + 2).set(row, pane.name());
    ((LongColumn) out.column(first + 3)).put(row, revision);
    if (spec.withRetractions()) {
      out.column(first + 4).set(row, kind.symbol());
    }
  }

  private int append(SlotTable table, int slot, long end, RowKind kind, Output output) {
    if (out.size() == batchSize) {
      flush(output);
    }
    Batch batch = cause;
    int row;
    if (batch == null) {
      row = out.append(end - 1, code, kind);
      out.moment(row, moment);
    } else {
      row = out.appendFor(batch, causeRow, end - 1, kind);
    }
    for (int k = 0; k < columns.keys().length; k++) {
      out.column(k).copy(table.key(k), slot, row);
    }
    if (batch == null && ranksRows) {
      one[0] = table.number(slot);
      order.rank(table, one, 0, 1, deadline, end, out, row);
    }
    return row;
  }

  private long[] sent(SlotTable table) {
    return ((LongColumn) table.field(fields.first())).values();
  }

  private long[] sentPane(SlotTable table) {
    return ((LongColumn) table.field(fields.first() + 1)).values();
  }

  private Column remembered(SlotTable table, int result) {
    return table.field(fields.first() + 2 + result);
  }

  void flush(Output output) {
    if (!out.isEmpty()) {
      output.emit(out.batch(timeline, timeline));
      out.clear();
    }
  }
}
