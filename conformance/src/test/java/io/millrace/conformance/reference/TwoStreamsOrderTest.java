package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.reference.OrderPropertyTest.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What puts rows of two streams in order gives what comes of rows that are in order. */
class TwoStreamsOrderTest {

  /** No row comes more than the slack behind one of its stream; how far streams are, is open. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, sum(v) AS x FROM (A UNION ALL B) WINDOW LENGTH (3) PARTITION BY k",
        "SELECT k, first(v) AS x, last(v) AS y FROM (A UNION ALL B) WINDOW TIME (2 SEC) GROUP BY k",
        "SELECT k, sum(v) AS x, first(v) AS y FROM (A UNION ALL B) WINDOW TUMBLING (3 SEC) GROUP BY k",
        "SELECT k, sum(v) AS x FROM (A UNION ALL B) WINDOW SESSION (1 SEC) GROUP BY k",
        "SELECT k, v FROM (A UNION ALL B) WINDOW DELAY (2 SEC)",
        "SELECT v, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM (A UNION ALL B)",
        "SELECT a.n AS x, b.n AS y FROM PATTERN (EVERY a = A (v > 4) -> b = B (v < 9) WITHIN 4 SEC)",
        "SELECT a.n AS x FROM PATTERN (EVERY a = A (v > 4) -> NOT B (v < 9) FOR 500 MS)",
        "SELECT a.n AS x, b.n AS y FROM A WINDOW TIME (1 SEC) a LEFT JOIN B WINDOW LENGTH (3) b"
            + " ON a.k = b.k"
      })
  void shouldGiveWhatSortedRowsGiveWhateverPermutationOfTwoStreamsComes(String query) {
    String script =
        "CREATE STREAM A (n INT, k STRING, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 5 SECONDS);\n"
            + "CREATE STREAM B (n INT, k STRING, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 5 SECONDS);\n"
            + "CREATE STREAM O AS "
            + query
            + ";";
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(query.hashCode() + QuerySeeds.of(seed));
      List<Event> sorted =
          OrderPropertyTest.events(random).stream()
              .map(it -> it.in(random.nextBoolean() ? "A" : "B"))
              .toList();
      List<Event> permuted = interleaved(OrderPropertyTest.permuted(sorted, random), random);
      List<String> expected = OrderPropertyTest.run(script, sorted, 1024, false);
      assertThat(expected).as(script).isNotEmpty();
      OrderPropertyTest.forPermuted(script, permuted, rows -> rows.isEqualTo(expected));
    }
  }

  /** The rows of A and of B as they are, but far from where those of the other are. */
  private static List<Event> interleaved(List<Event> events, Random random) {
    Deque<Event> ofA =
        new ArrayDeque<>(events.stream().filter(it -> it.stream().equals("A")).toList());
    Deque<Event> ofB =
        new ArrayDeque<>(events.stream().filter(it -> it.stream().equals("B")).toList());
    List<Event> all = new ArrayList<>();
    while (!ofA.isEmpty() || !ofB.isEmpty()) {
      Deque<Event> next = random.nextBoolean() ? ofA : ofB;
      for (int i = random.nextInt(20); i > 0 && !next.isEmpty(); i--) {
        all.add(next.remove());
      }
    }
    return all;
  }
}
