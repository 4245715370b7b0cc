package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that go on from a snapshot with another script. */
class ChangedScriptTest {
  private static final int KEYS = 50;
  private static final String STREAM = "CREATE STREAM S (a STRING, b INT);";
  private static final String BY_BOTH =
      "CREATE STREAM Both AS SELECT a, b, count(*) AS n FROM S GROUP BY a, b;";
  private static final String BY_ONE =
      "CREATE STREAM One AS SELECT b, count(*) AS n FROM S GROUP BY b;";

  /** A second query by fewer keys, which comes first, has the rows spread by these. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 4", "4, 1", "4, 4", "4, 3"})
  void shouldFindStateWhenRowsAreSpreadByOtherKeys(int before, int after) {
    List<String> both = new ArrayList<>();
    Snapshot snapshot = play(STREAM + BY_BOTH, before, null, "Both", both);
    assertThat(both).isEqualTo(rows("a", 1));

    both.clear();
    play(STREAM + BY_ONE + BY_BOTH, after, snapshot, "Both", both);
    assertThat(both).isEqualTo(rows("a", 2));
    List<String> one = new ArrayList<>();
    play(STREAM + BY_ONE + BY_BOTH, after, snapshot, "One", one);
    assertThat(one).isEqualTo(rows("", 1));
  }

  /** Sends a row of each key, and collects what a stream sends. */
  private static Snapshot play(
      String script, int tasks, @Nullable Snapshot from, String stream, List<String> rows) {
    Deployment deployment = Deployment.of(script).withSetting("parallelism", String.valueOf(tasks));
    try (Engine engine = Engine.create()) {
      Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
      job.output(stream).subscribe(row -> rows.add(row.values().toString()));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      input.sendAll(
          IntStream.range(0, KEYS).mapToObj(i -> Map.of("a", "a" + i % 7, "b", i)).toList());
      return job.snapshot();
    }
  }

  /** The rows of all keys, each of which has been there {@code n} times. */
  private static List<String> rows(String a, int n) {
    return IntStream.range(0, KEYS)
        .mapToObj(i -> (a.isEmpty() ? List.of(i, n) : List.of(a + i % 7, i, n)).toString())
        .toList();
  }
}
