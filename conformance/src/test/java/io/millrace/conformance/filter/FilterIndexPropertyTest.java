package io.millrace.conformance.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Filters give the same rows and errors in the same order, whether an index takes them together or
 * each of them sees every row.
 */
class FilterIndexPropertyTest {
  private static final int SETS = 60;
  private static final int ALIKE = 10;
  private static final int MOST_ROWS = 80;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1024})
  void shouldTellTheSameInTheSameOrderWhenFiltersAreIndexed(int batchSize) {
    try (Engine engine = Engine.create()) {
      for (int set = 0; set < SETS; set++) {
        List<String> queries = queries(new Random(set));
        List<CompiledScript> alone = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
          alone.add(compile(engine, List.of(queries.get(i)), i));
        }
        CompiledScript together = compile(engine, queries, 0);
        Property.check(
            1, MOST_ROWS, FilterQueries::row, rows -> compare(together, alone, rows, batchSize));
      }
    }
  }

  /** Several shapes, mixed, so that some filters stand between those of an index. */
  private static List<String> queries(Random random) {
    FilterQueries some = new FilterQueries(random);
    List<String> queries = new ArrayList<>(some.alike(ALIKE));
    for (String other : some.alike(ALIKE)) {
      queries.add(random.nextInt(queries.size()), other);
    }
    queries.add(random.nextInt(queries.size()), some.alike(1).get(0));
    return queries;
  }

  private static CompiledScript compile(Engine engine, List<String> queries, int first) {
    StringBuilder script = new StringBuilder(FilterQueries.STREAM);
    for (int i = 0; i < queries.size(); i++) {
      script.append("CREATE STREAM Q" + (first + i) + " AS " + queries.get(i) + ";\n");
    }
    return engine.compile(Deployment.of(script.toString()));
  }

  private static void compare(
      CompiledScript script,
      List<CompiledScript> scripts,
      List<List<@Nullable Object>> rows,
      int batchSize) {
    FilterRun together = new FilterRun(script);
    List<FilterRun> alone = scripts.stream().map(FilterRun::new).toList();
    for (int from = 0; from < rows.size(); from += batchSize) {
      List<List<@Nullable Object>> turn =
          rows.subList(from, Math.min(rows.size(), from + batchSize));
      List<String> expected = new ArrayList<>();
      for (FilterRun run : alone) {
        expected.addAll(run.turn(from, turn));
      }
      assertThat(together.turn(from, turn))
          .as("%s, rows %s", script.source().text(), turn)
          .isEqualTo(expected);
    }
  }
}
