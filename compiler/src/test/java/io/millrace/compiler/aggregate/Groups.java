package io.millrace.compiler.aggregate;

import io.millrace.compiler.loader.JaninoKernelLoader;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.MergingKernel;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.SlidingRows;
import io.millrace.spi.data.Column;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.time.Clock;
import io.millrace.spi.types.DataType;
import io.millrace.state.heap.HeapStateBackend;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Groups of rows with a kernel's aggregates, keyed by a number, which is one of the argument
 * columns.
 */
final class Groups {
  private static final JaninoKernelLoader LOADER = new JaninoKernelLoader();
  private final AggregateProgram program;
  private final List<DataType> types;
  private final int key;
  private AggregateKernel kernel;
  private SlotTable table;
  private HeapStateBackend backend = new HeapStateBackend();

  /** The last argument column is the key. */
  Groups(AggregateProgram program, List<DataType> types) {
    this(program, types, types.size() - 1);
  }

  /**
   * @param key the index of the key
   */
  Groups(AggregateProgram program, List<DataType> types, int key) {
    this.program = program;
    this.types = types;
    this.key = key;
    open();
  }

  private void open() {
    table =
        backend.slotTable(
            new SlotTableSpec("groups", 1, List.of(DataType.BIGINT), program.fields()));
    kernel = LOADER.load(program.kernel(), new EvaluationContext(Clock.system(), ZoneOffset.UTC));
  }

  static AggregateCall call(
      AggregateFunction function, int column, DataType argument, DataType result) {
    return call(function, column, argument, result, -1);
  }

  static AggregateCall call(
      AggregateFunction function, int column, DataType argument, DataType result, int filter) {
    return new AggregateCall(
        "a",
        function,
        column < 0 ? List.of() : List.of(new ColumnReference(column, argument, "x" + column)),
        false,
        false,
        filter < 0 ? null : new ColumnReference(filter, DataType.BOOLEAN, "f"),
        result);
  }

  /** Adds rows of arguments and key; gives the messages of those that failed by row. */
  List<@Nullable String> add(List<@Nullable Object[]> rows) {
    Column[] arguments = columns(rows);
    int[] slots = resolve(arguments, rows.size());
    RowErrors errors = new RowErrors();
    kernel.add(arguments, 0, rows.size(), slots, errors);
    List<@Nullable String> messages = new ArrayList<>();
    for (int i = 0, e = 0; i < rows.size(); i++) {
      messages.add(e < errors.size() && errors.row(e) == i ? errors.message(e++) : null);
    }
    return messages;
  }

  @Nullable String add(@Nullable Object... row) {
    return add(List.<@Nullable Object[]>of(row)).get(0);
  }

  void remove(@Nullable Object... row) {
    Column[] arguments = columns(List.<@Nullable Object[]>of(row));
    int[] slots = resolve(arguments, 1);
    kernel.remove(arguments, 0, slots[0]);
  }

  /**
   * What becomes of rows that slide.
   *
   * @param results of each row; null for one that failed
   * @param messages of those that failed
   */
  record Slid(List<@Nullable List<@Nullable Object>> results, List<@Nullable String> messages) {}

  /**
   * Adds rows, each behind those that leave for it.
   *
   * @param isOneByOne whether by the kernel's other methods
   */
  Slid slide(
      List<@Nullable Object[]> come, List<List<@Nullable Object[]>> leave, boolean isOneByOne) {
    List<@Nullable Object[]> gone = leave.stream().flatMap(List::stream).toList();
    Column[] arguments = columns(come);
    Column[] left = columns(gone);
    int[] leftSlots = resolve(left, gone.size());
    int[] slots = resolve(arguments, come.size());
    int[] ends = new int[come.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = (i == 0 ? 0 : ends[i - 1]) + leave.get(i).size();
    }
    Column[] out =
        program.results().stream()
            .map(type -> Column.of(type.layout(), come.size() + 1))
            .toArray(Column[]::new);
    SlidingRows rows = new SlidingRows(arguments, slots, left, leftSlots, ends, out);
    RowErrors errors = new RowErrors();
    List<@Nullable String> messages = new ArrayList<>();
    for (int from = 0; from < come.size(); from = messages.size()) {
      int leftFrom = from == 0 ? 0 : ends[from - 1];
      int end =
          isOneByOne
              ? rows.oneByOne(kernel, from, come.size(), leftFrom, from + 1, errors)
              : kernel.slide(rows, from, come.size(), leftFrom, from + 1, errors);
      while (messages.size() < end) {
        messages.add(null);
      }
      if (end < come.size()) {
        messages.add(errors.message(errors.size() - 1));
      }
    }
    List<@Nullable List<@Nullable Object>> results = new ArrayList<>();
    for (int i = 0; i < come.size(); i++) {
      int at = i + 1;
      results.add(
          messages.get(i) == null
              ? Arrays.stream(out).map(column -> column.get(at)).toList()
              : null);
    }
    return new Slid(results, messages);
  }

  /** Makes the group of a key part of another one. */
  void merge(long from, long to) {
    int[] slots = resolve(columns(List.of(keyed(from), keyed(to))), 2);
    ((MergingKernel) kernel).merge(table, slots, new int[] {slots[1]}, 1);
    table.remove(slots[0]);
  }

  private @Nullable Object[] keyed(long group) {
    Object[] row = new Object[types.size()];
    row[key] = group;
    return row;
  }

  /** The results of the group of a key. */
  List<@Nullable Object> results(long group) {
    Column[] keys = {Column.of(DataType.BIGINT.layout(), 1)};
    keys[0].set(0, group);
    int[] slots = new int[1];
    table.resolve(keys, 0, 1, slots);
    kernel.bind(table);
    Column[] out =
        program.results().stream().map(type -> Column.of(type.layout(), 3)).toArray(Column[]::new);
    kernel.results(slots, 0, 1, out, 2);
    List<@Nullable Object> results = new ArrayList<>();
    for (Column column : out) {
      results.add(column.get(2));
    }
    return results;
  }

  /** Saves everything and goes on in a new table. */
  void restart() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      backend.capture(true).write(new DataOutputStream(bytes));
      backend = new HeapStateBackend();
      open();
      backend.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private int[] resolve(Column[] arguments, int rows) {
    int[] slots = new int[rows];
    table.resolve(new Column[] {arguments[key]}, 0, rows, slots);
    kernel.bind(table);
    return slots;
  }

  private Column[] columns(List<@Nullable Object[]> rows) {
    return IntStream.range(0, types.size())
        .mapToObj(
            c -> {
              Column column = Column.of(types.get(c).layout(), rows.size());
              for (int r = 0; r < rows.size(); r++) {
                column.set(r, rows.get(r)[c]);
              }
              return column;
            })
        .toArray(Column[]::new);
  }
}
