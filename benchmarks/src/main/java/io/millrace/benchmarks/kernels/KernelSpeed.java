package io.millrace.benchmarks.kernels;

import io.millrace.compiler.aggregate.AggregateCompiler;
import io.millrace.compiler.expression.PredicateCompiler;
import io.millrace.compiler.expression.ProjectorCompiler;
import io.millrace.compiler.loader.JaninoKernelLoader;
import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.operators.kernel.Updates;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.DoubleColumn;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Prints the nanoseconds per row of a filter with a projection ({@code price * volume} where {@code
 * price > 100 AND volume % 2 = 0}) and of five aggregates of one column by a thousand groups,
 * compiled and by hand, the best of several rounds.
 */
public final class KernelSpeed {
  private static final int ROWS = 1024;
  private static final int GROUPS = 1000;
  private static final int ROWS_OF_GROUP = 20;
  private static final int REPEATS = 20_000;
  private static final int ROUNDS = 8;
  private static final EvaluationContext CONTEXT =
      new EvaluationContext(Clock.system(), ZoneOffset.UTC);
  private static final RowExpression PRICE = new ColumnReference(0, DataType.DOUBLE, "price");
  private static final RowExpression VOLUME = new ColumnReference(1, DataType.BIGINT, "volume");

  private final JaninoKernelLoader loader = new JaninoKernelLoader();
  private final PrintStream out;
  private final Batch batch;
  private final int[] slots = new int[ROWS];
  private final RowErrors errors = new RowErrors();

  private KernelSpeed(PrintStream out) {
    this.out = out;
    Random random = new Random(1);
    DoubleColumn prices = new DoubleColumn(ROWS);
    LongColumn volumes = new LongColumn(ROWS);
    LongColumn keys = new LongColumn(ROWS);
    for (int i = 0; i < ROWS; i++) {
      prices.values()[i] = random.nextDouble() * 200;
      volumes.values()[i] = random.nextInt(1000);
      keys.values()[i] = random.nextInt(GROUPS);
    }
    Schema schema =
        Schema.of(
            new Field("price", DataType.DOUBLE),
            new Field("volume", DataType.BIGINT),
            new Field("key", DataType.BIGINT));
    batch =
        new Batch(schema, new Column[] {prices, volumes, keys}, new SourceTimeline())
            .rows(ROWS, new long[ROWS], null, null);
  }

  public static void main(String[] arguments) {
    KernelSpeed speed = new KernelSpeed(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    speed.filterAndProject();
    speed.aggregate();
  }

  private void measure(String name, Runnable work) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = Clock.system().nanos();
      for (int i = 0; i < REPEATS; i++) {
        work.run();
      }
      best = Math.min(best, (double) (Clock.system().nanos() - start) / REPEATS / ROWS);
    }
    out.printf(Locale.ROOT, "%-28s %6.2f ns/row%n", name, best);
  }

  private void filterAndProject() {
    RowExpression expensive =
        new Comparison(ComparisonOperator.GREATER, PRICE, new Constant(100.0, DataType.DOUBLE));
    RowExpression remainder =
        new Arithmetic(
            ArithmeticOperator.REMAINDER,
            VOLUME,
            new Constant(2L, DataType.BIGINT),
            DataType.BIGINT);
    RowExpression even =
        new Comparison(ComparisonOperator.EQUAL, remainder, new Constant(0L, DataType.BIGINT));
    RowExpression value =
        new Arithmetic(
            ArithmeticOperator.MULTIPLY,
            PRICE,
            new Cast(VOLUME, DataType.DOUBLE, false, true),
            DataType.DOUBLE);
    RowPredicate predicate =
        loader.load(PredicateCompiler.compile(Logical.and(expensive, even)), CONTEXT);
    RowProjector projector = loader.load(ProjectorCompiler.compile(List.of(value)), CONTEXT);
    int[] selection = new int[ROWS];
    Column[] results = {new DoubleColumn(ROWS)};
    measure("filter, compiled", () -> predicate.select(batch, selection, errors));
    measure("filter, by hand", () -> HandWritten.select(batch, selection, 100.0));
    int count = predicate.select(batch, selection, errors);
    measure(
        "projection, compiled", () -> projector.project(batch, selection, count, results, errors));
    measure(
        "projection, by hand",
        () -> HandWritten.project(batch, selection, count, (DoubleColumn) results[0]));
  }

  private void aggregate() {
    List<AggregateCall> sums = calls().subList(0, 3);
    Column[] arguments = {batch.column(0)};
    AggregateKernel all = kernel(calls(), Updates.ADD);
    measure("5 aggregates, compiled", () -> all.add(arguments, 0, ROWS, slots, errors));
    HandWritten byHand = new HandWritten(GROUPS);
    measure(
        "5 aggregates, by hand",
        () -> byHand.add(((DoubleColumn) batch.column(0)).values(), ROWS, slots));
    AggregateKernel slidingSums = kernel(sums, Updates.RETRACT);
    measure("3 sliding sums, compiled", () -> slide(slidingSums, arguments));
    AggregateKernel sliding = kernel(calls(), Updates.RETRACT);
    measure("5 sliding, compiled", () -> slide(sliding, arguments));
  }

  /** A kernel over a table in which every group has some rows. */
  private AggregateKernel kernel(List<AggregateCall> calls, Updates updates) {
    AggregateProgram program = AggregateCompiler.compile(calls, updates);
    AggregateKernel kernel = loader.load(program.kernel(), CONTEXT);
    SlotTable table =
        new HeapStateBackend()
            .slotTable(new SlotTableSpec("groups", 1, List.of(DataType.BIGINT), program.fields()));
    table.resolve(new Column[] {batch.column(2)}, 0, ROWS, slots);
    kernel.bind(table);
    for (int i = 0; i < ROWS_OF_GROUP; i++) {
      kernel.add(new Column[] {batch.column(0)}, 0, ROWS, slots, errors);
    }
    return kernel;
  }

  private void slide(AggregateKernel kernel, Column[] arguments) {
    for (int i = 0; i < ROWS; i++) {
      kernel.remove(arguments, i, slots[i]);
      kernel.add(arguments, i, i + 1, slots, errors);
    }
  }

  private static List<AggregateCall> calls() {
    return List.of(
        call(AggregateFunction.COUNT, DataType.BIGINT),
        call(AggregateFunction.SUM, DataType.DOUBLE),
        call(AggregateFunction.AVG, DataType.DOUBLE),
        call(AggregateFunction.MIN, DataType.DOUBLE),
        call(AggregateFunction.MAX, DataType.DOUBLE));
  }

  private static AggregateCall call(AggregateFunction function, DataType type) {
    return new AggregateCall("a", function, List.of(PRICE), false, false, null, type);
  }
}
