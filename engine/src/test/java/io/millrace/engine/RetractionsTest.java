package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.ScriptException;
import io.millrace.spi.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that take others back go from job to job. */
final class RetractionsTest {
  private static final String COUNTS =
      "CREATE STREAM S (k STRING, ts TIMESTAMP, TIMESTAMP BY ts);"
          + "CREATE STREAM C AS SELECT k, count(*) AS n, upper(ROW_KIND) AS kk FROM S"
          + " WINDOW TUMBLING (10 SEC) GROUP BY k EMIT CHANGES WITH RETRACTIONS;";
  private final Engine engine = Engine.builder().clock(new VirtualClock(0)).build();

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void shouldRefuseWhatReadsTheKindOfRowsOfAnotherJob() {
    engine.deploy(COUNTS);

    assertThatThrownBy(() -> engine.deploy("SELECT count(*) AS n FROM C WHERE kk = '+I';"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("WHERE that is random or reads ROW_KIND");
    engine.deploy("CREATE STREAM D AS SELECT n, lower(kk) AS low FROM C;");
    assertThatThrownBy(() -> engine.deploy("SELECT low, count(*) AS n FROM D GROUP BY low;"))
        .isInstanceOf(ScriptException.class)
        .hasMessageContaining("an aggregate or GROUP BY that is random or reads ROW_KIND");
  }

  @Test
  void shouldTakeRowsOfAnotherJobBack() {
    Job first = engine.deploy(COUNTS);
    Job second = engine.deploy("SELECT count(*) AS groups, sum(n) AS s FROM C;");
    List<String> rows = new ArrayList<>();
    second.output("result").subscribe(row -> rows.add(row.toString()));
    first
        .input("S")
        .sendAll(
            List.of(
                Map.of("k", "a", "ts", 1_000L),
                Map.of("k", "b", "ts", 2_000L),
                Map.of("k", "a", "ts", 3_000L)));

    assertThat(rows)
        .containsExactly("+I {groups=1, s=1}", "+I {groups=2, s=2}", "+I {groups=2, s=3}");
  }
}
