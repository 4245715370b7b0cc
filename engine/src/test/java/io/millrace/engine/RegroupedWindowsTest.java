package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows that send many groups at once, and later corrections of them one by one. */
class RegroupedWindowsTest {
  private static final int GROUPS = 120;
  private static final String SCRIPT =
      "CREATE STREAM S (k STRING, ts BIGINT, TIMESTAMP BY ts);"
          + "CREATE STREAM A AS SELECT k, count(*) AS n FROM S"
          + " WINDOW TUMBLING (10 MS, GRACE PERIOD 1 HOUR) GROUP BY k EMIT ON CLOSE;"
          + "CREATE STREAM B AS SELECT n, count(*) AS groups, last(k) AS k FROM A GROUP BY n;";

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void shouldRegroupCorrectionsAsInOneTask(int parallelism) {
    List<String> one = play(1);

    assertThat(play(parallelism)).isEqualTo(one);
    assertThat(one).hasSizeGreaterThan(15 * GROUPS);
  }

  private static List<String> play(int parallelism) {
    List<String> sent = new ArrayList<>();
    try (Engine engine = Engine.builder().clock(new VirtualClock()).build()) {
      Job job =
          engine.deploy(
              Deployment.of(SCRIPT).withSetting("parallelism", String.valueOf(parallelism)));
      job.output("B").subscribe(row -> sent.add(row.toString()));
      for (long time = 0; time < 100; time += 10) {
        send(job, time); // closes the window before
        if (time > 0) {
          send(job, time - 10); // corrects each of its groups
        }
      }
    }
    return sent;
  }

  /** Rows of all groups, in one turn. */
  private static void send(Job job, long time) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      rows.add(Map.of("k", "k" + i, "ts", time + i % 10));
    }
    job.input("S").sendAll(rows);
  }
}
