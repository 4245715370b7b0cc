package io.millrace.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.spi.time.VirtualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressTest {
  private final VirtualClock clock = new VirtualClock(1_000);

  @Test
  void shouldTellRatesSinceTheLastTime() {
    try (Engine engine = Engine.create()) {
      Job job =
          engine.deploy("CREATE STREAM A (x INT); CREATE STREAM B AS SELECT 6 / x AS y FROM A;");
      Progress progress = new Progress(List.of(job), clock);
      var input = job.input("A");
      input.send(Map.of("x", 1));
      input.send(Map.of("x", 2));
      clock.advanceTo(2_000);

      assertThat(progress.status()).isEqualTo("1.0 s | in 2 (2/s) | out 0 (0/s)");

      input.send(Map.of("x", 0));
      clock.advanceTo(13_000);
      assertThat(progress.status()).isEqualTo("12 s | in 3 (0/s) | out 0 (0/s) | 1 error");
      assertThat(progress.summary()).isEqualTo("read 3 rows, wrote 0 rows in 12 s; 1 error");
    }
  }

  @Test
  void shouldTellHowOldTheLastSnapshotIs(@TempDir Path folder) {
    try (Engine engine = Engine.builder().clock(clock).build()) {
      Job job =
          engine.deploy(
              """
              SET 'snapshot.dir' = '%s';
              CREATE STREAM A (n BIGINT) WITH (connector = 'generator', count = '3', 'fields.n.kind' = 'sequence');
              CREATE TABLE T AS SELECT n, count(*) AS c FROM A GROUP BY n;
              """
                  .formatted(folder));
      Progress progress = new Progress(List.of(job), clock);
      assertThat(progress.status()).doesNotContain("snapshot");

      job.start();
      assertThat(job.await(Duration.ofMinutes(1))).isTrue();
      clock.advanceTo(3_500);

      assertThat(progress.status())
          .isEqualTo("2.5 s | in 3 (1/s) | out 0 (0/s) | snapshot 2.5 s old");
    }
  }
}
