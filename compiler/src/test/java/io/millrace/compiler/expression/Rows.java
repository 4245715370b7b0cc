package io.millrace.compiler.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.compiler.loader.JaninoKernelLoader;
import io.millrace.compiler.loader.KernelClass;
import io.millrace.language.expression.RowExpression;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.operators.kernel.RowProjector;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows as a batch, and kernels run over them. */
final class Rows {
  static final JaninoKernelLoader LOADER = new JaninoKernelLoader();
  static final EvaluationContext CONTEXT =
      new EvaluationContext(io.millrace.spi.time.Clock.system(), ZoneOffset.UTC);

  private Rows() {}

  /** What came out for a row: a value, or a failure. */
  record Outcome(@Nullable Object value, @Nullable String error) {}

  static Batch batch(List<DataType> types, List<@Nullable Object[]> rows) {
    Field[] fields =
        IntStream.range(0, types.size())
            .mapToObj(i -> new Field("x" + i, types.get(i)))
            .toArray(Field[]::new);
    Column[] columns = new Column[types.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = Column.of(types.get(c).layout(), Math.max(1, rows.size()));
      for (int r = 0; r < rows.size(); r++) {
        columns[c].set(r, rows.get(r)[c]);
      }
    }
    long[] times = IntStream.range(0, rows.size()).mapToLong(i -> 1000L + i).toArray();
    return new Batch(Schema.of(fields), columns, new SourceTimeline())
        .rows(rows.size(), times, null, null);
  }

  static <T> T load(KernelSource<T> source) {
    return LOADER.load(source, CONTEXT);
  }

  static String text(KernelSource<?> source) {
    return KernelClass.text(source);
  }

  /**
   * The rows that a condition selects, then those for which it fails as {@code -1 - row}: the same
   * whether it is evaluated for all rows or for each by itself.
   */
  static List<Integer> select(RowExpression condition, Batch batch) {
    RowPredicate predicate = load(PredicateCompiler.compile(condition));
    int[] selection = new int[batch.size()];
    RowErrors errors = new RowErrors();
    int count = predicate.select(batch, selection, errors);
    List<Integer> result = new ArrayList<>(Arrays.stream(selection, 0, count).boxed().toList());
    for (int i = 0; i < errors.size(); i++) {
      result.add(-1 - errors.row(i));
    }
    assertThat(test(predicate, batch)).isEqualTo(result);
    return result;
  }

  private static List<Integer> test(RowPredicate predicate, Batch batch) {
    List<Integer> selected = new ArrayList<>();
    List<Integer> failed = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      RowErrors errors = new RowErrors();
      if (predicate.test(batch, row, errors)) {
        selected.add(row);
      }
      for (int i = 0; i < errors.size(); i++) {
        failed.add(-1 - errors.row(i));
      }
    }
    selected.addAll(failed);
    return selected;
  }

  /** The outcome of one expression for each row, or each selected row. */
  static List<Outcome> project(RowExpression expression, Batch batch, int @Nullable [] selection) {
    return project(List.of(expression), batch, selection).get(0);
  }

  /** The outcomes of several expressions; a row that fails has its failure in all of them. */
  static List<List<Outcome>> project(
      List<RowExpression> expressions, Batch batch, int @Nullable [] selection) {
    RowProjector projector = load(ProjectorCompiler.compile(expressions));
    int count = selection == null ? batch.size() : selection.length;
    Column[] out =
        expressions.stream()
            .map(e -> Column.of(e.type().layout(), Math.max(1, count)))
            .toArray(Column[]::new);
    RowErrors errors = new RowErrors();
    projector.project(batch, selection, count, out, errors);
    List<List<Outcome>> results = new ArrayList<>();
    for (Column column : out) {
      List<Outcome> outcomes = new ArrayList<>();
      for (int j = 0; j < count; j++) {
        outcomes.add(outcome(column, j, selection == null ? j : selection[j], errors));
      }
      results.add(outcomes);
    }
    return results;
  }

  private static Outcome outcome(Column column, int j, int row, RowErrors errors) {
    for (int i = 0; i < errors.size(); i++) {
      if (errors.row(i) == row) {
        return new Outcome(null, errors.message(i));
      }
    }
    return new Outcome(column.get(j), null);
  }
}
