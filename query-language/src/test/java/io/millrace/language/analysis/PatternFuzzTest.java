package io.millrace.language.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PatternVariable;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.rewrite.PlanRewriter;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In random patterns conditions and results read the columns that they name: as analysis makes
 * them, and when what nobody reads has been left out. The seed is the parameter.
 */
final class PatternFuzzTest {
  private static final int QUERIES_PER_SEED = 300;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void shouldReadColumnsThatAreNamedWhenPatternIsRandom(long seed) {
    PatternGenerator generator = new PatternGenerator(new Random(seed));
    int good = 0;
    for (int i = 0; i < QUERIES_PER_SEED; i++) {
      String query = generator.query();
      Diagnostics diagnostics = new Diagnostics();
      var plan = Scripts.analyze(PatternGenerator.DECLARATIONS + "\n" + query + ";", diagnostics);
      if (diagnostics.isEmpty()) {
        good++;
        PlanNode root = plan.queries().get(0).root();
        check(query, root);
        check(query, PlanRewriter.rewrite(root));
      }
    }
    assertThat(good).isGreaterThan(QUERIES_PER_SEED / 4);
  }

  private static void check(String query, PlanNode root) {
    PlanNode below = root.inputs().get(0);
    PatternNode pattern =
        (PatternNode) (below instanceof PatternNode ? below : below.inputs().get(0));
    for (NamedExpression column : ((ProjectNode) root).expressions()) {
      checkResult(query, column, pattern);
    }
    List<Field> kept = pattern.schema().fields().subList(pattern.keys(), pattern.schema().size());
    List<Field> read = new ArrayList<>(pattern.input().schema().fields());
    int width = read.size();
    read.addAll(kept);
    Map<Integer, String> streams = new HashMap<>();
    for (PatternVariable variable : pattern.variables()) {
      Consumer<ColumnReference> own =
          column -> checkOwn(query, column, pattern.input().schema(), variable, streams);
      RowExpression condition = variable.condition();
      if (condition != null) {
        columns(
            condition,
            column -> {
              assertThat(column.type()).as(query).isEqualTo(read.get(column.index()).type());
              if (column.index() < width) {
                own.accept(column);
              } else {
                assertThat(column.name()).as(query).isEqualTo(read.get(column.index()).name());
              }
            });
      }
      for (AggregateCall call : variable.kept()) {
        call.arguments().forEach(argument -> columns(argument, own));
      }
    }
  }

  /** A column of the result is that of the element in its name, or the key. */
  private static void checkResult(String query, NamedExpression column, PatternNode pattern) {
    columns(
        column.expression(),
        reference ->
            assertThat(reference.type())
                .as(query)
                .isEqualTo(pattern.schema().type(reference.index())));
    String[] parts = column.name().split("_");
    if (parts.length > 1 && column.expression() instanceof ColumnReference reference) {
      String event = parts[0] + (parts.length == 3 ? "[last]." : ".") + parts[parts.length - 1];
      String found = pattern.schema().name(reference.index());
      boolean isKey = reference.index() < pattern.keys();
      assertThat(found).as(query).isEqualTo(isKey ? parts[parts.length - 1] : event);
    }
  }

  /** A column of the own event is one of the stream of the variable. */
  private static void checkOwn(
      String query,
      ColumnReference column,
      Schema input,
      PatternVariable variable,
      Map<Integer, String> streams) {
    String found = input.name(column.index());
    assertThat(column.type()).as(query).isEqualTo(input.type(column.index()));
    assertThat(found).as(query).endsWith("." + column.name());
    String stream = found.substring(0, found.indexOf('.'));
    assertThat(streams.computeIfAbsent(variable.stream(), absent -> stream))
        .as(query)
        .isEqualTo(stream);
  }

  private static void columns(RowExpression expression, Consumer<ColumnReference> check) {
    if (expression instanceof ColumnReference column) {
      check.accept(column);
    }
    expression.operands().forEach(operand -> columns(operand, check));
  }
}
