package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A join of windows stops at the row for which there is no room, in whatever batch it comes. */
class WindowJoinLimitTest {
  private static final String SCRIPT =
      """
      SET 'join.max.rows' = '2';
      CREATE STREAM S (k INT, isLeft BOOLEAN, ts TIMESTAMP, WATERMARK FOR ts AS ts);
      CREATE STREAM A AS SELECT k FROM S WHERE isLeft;
      CREATE STREAM B AS SELECT k FROM S WHERE NOT isLeft;
      CREATE STREAM J AS
        SELECT a.k AS k FROM A WINDOW TIME (1 SEC) a JOIN B WINDOW TIME (1 SEC) b ON a.k = b.k;
      """;

  private final List<@Nullable Object> joined = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1024})
  void shouldStopAtTheRowForWhichThereIsNoRoomWhenWhatIsHeldIsLetGoBehindIt(int batchSize) {
    List<Map<String, Object>> rows =
        List.of(
            row(1, true, 500),
            row(1, false, 500),
            row(2, true, 1000),
            row(2, false, 1000),
            row(3, true, 1000),
            row(4, true, 1000),
            row(5, true, 1300));

    assertThatThrownBy(() -> send(rows, batchSize))
        .hasMessageContaining("a join of windows holds back more than 2 rows of a side at a time");
    assertThat(joined).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 1024})
  void shouldCountWhatIsHeldAtATimeWhenMoreComesInOneBatch(int batchSize) {
    List<Map<String, Object>> rows = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (int k = 0; k < 100; k++) {
      rows.add(row(k, true, 10L * k));
      rows.add(row(k, false, 10L * k));
      if (k < 99) {
        expected.add(k);
      }
    }

    send(rows, batchSize);

    assertThat(joined).isEqualTo(expected);
  }

  private void send(List<Map<String, Object>> rows, int batchSize) {
    try (Engine engine = Engine.builder().clock(new VirtualClock(0)).batchSize(batchSize).build()) {
      Job job = engine.deploy(Deployment.of(SCRIPT));
      job.output("J").subscribe(row -> joined.add(row.get("k")));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("S");
      input.sendAll(rows, rows.stream().mapToLong(row -> (Long) row.get("ts")).toArray());
    }
  }

  private static Map<String, Object> row(int k, boolean isLeft, long time) {
    return Map.of("k", k, "isLeft", isLeft, "ts", time);
  }
}
