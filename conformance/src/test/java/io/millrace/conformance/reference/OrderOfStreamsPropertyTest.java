package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.reference.OrderPropertyTest.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows of two streams, each out of order within what it declares, one stream as far ahead of the
 * other as it happens, give what they give in the order of their times.
 */
class OrderOfStreamsPropertyTest {
  private static final int SEEDS = 4;
  private static final String UNION = "(S UNION ALL T)";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT k, sum(v) AS x FROM " + UNION + " WINDOW TUMBLING (3 SEC) GROUP BY k",
        "SELECT k, sum(v) AS x FROM " + UNION + " WINDOW SESSION (1 SEC) GROUP BY k",
        "SELECT sum(v) AS x FROM " + UNION + " WINDOW LENGTH (3)",
        "SELECT k, first(v) AS x, last(v) AS y FROM " + UNION + " WINDOW TIME (2 SEC) GROUP BY k",
        "SELECT v, lag(v) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM " + UNION,
        "SELECT a.n AS x, b.n AS y FROM S WINDOW TIME (1 SEC) a JOIN T WINDOW LENGTH (3) b ON a.k = b.k",
        "SELECT a.n AS x, b.n AS y FROM S WINDOW TUMBLING (1 SEC) a FULL JOIN T WINDOW UNIQUE (k) b"
            + " ON a.k = b.k",
        "SELECT a.n AS x, b.n AS y FROM PATTERN (EVERY a = S (v > 4) -> b = T (v < 4) WITHIN 2 SEC)",
        "SELECT a.n AS x FROM PATTERN (EVERY a = S (v > 4) -> NOT T (v < 9) FOR 500 MS)"
      })
  void shouldGiveWhatSortedRowsGive(String query) {
    check(query, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"JOIN", "LEFT JOIN", "FULL JOIN"})
  void shouldJoinWithinATimeWhatSortedRowsGive(String join) {
    check(
        "SELECT a.n AS x, b.n AS y FROM S a "
            + join
            + " T b WITHIN (300 MS, 900 MS) ON a.k = b.k AND a.v < b.v",
        false);
  }

  private static void check(String query, boolean isOrdered) {
    String script = stream("S") + stream("T") + "CREATE STREAM O AS " + query + ";";
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(query.hashCode() + QuerySeeds.of(seed));
      List<Event> sorted =
          OrderPropertyTest.events(random).stream()
              .map(event -> random.nextBoolean() ? event : event.in("T"))
              .toList();
      List<String> expected = OrderPropertyTest.run(script, sorted, 1024, false);
      assertThat(expected).as(script).isNotEmpty();
      OrderPropertyTest.forPermuted(
          script,
          apart(sorted, random),
          rows -> {
            if (isOrdered) {
              rows.isEqualTo(expected);
            } else {
              rows.containsExactlyInAnyOrderElementsOf(expected);
            }
          });
    }
  }

  private static String stream(String name) {
    return "CREATE STREAM "
        + name
        + " (n INT, k STRING, v INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 5 SECONDS);\n";
  }

  /** Each stream is permuted by itself, and they are mixed at random. */
  private static List<Event> apart(List<Event> sorted, Random random) {
    List<Event> left = permuted("S", sorted, random);
    List<Event> right = permuted("T", sorted, random);
    List<Event> mixed = new ArrayList<>();
    boolean isLeft = random.nextBoolean();
    while (!left.isEmpty() && !right.isEmpty()) {
      isLeft = random.nextInt(8) == 0 ? !isLeft : isLeft;
      mixed.add((isLeft ? left : right).remove(0));
    }
    mixed.addAll(left);
    mixed.addAll(right);
    return mixed;
  }

  private static List<Event> permuted(String stream, List<Event> sorted, Random random) {
    return new ArrayList<>(
        OrderPropertyTest.permuted(
            sorted.stream()
                .filter(event -> event.stream().equals(stream))
                .sorted(Comparator.comparingLong(Event::ts))
                .toList(),
            random));
  }
}
