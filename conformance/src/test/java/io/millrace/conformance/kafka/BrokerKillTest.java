package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.process.RunnerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the broker (kill -9) at random moments of a job from topics to topics, and starts it again:
 * the job goes on by itself, and in the end every row is there once. {@code -Dmillrace.soak=30}
 * kills broker and process for so many minutes.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class BrokerKillTest {
  private static final long SEED = Long.getLong("millrace.seed", 20_261_128L);
  private static final long SOAK_MINUTES = Long.getLong("millrace.soak", 0);
  private static final int KILLS = 2;
  private static final int ROWS = 40;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String SCRIPT =
      """
      SET 'commit.interval' = '50 ms';
      SET 'restart.attempts' = '100';
      SET 'restart.backoff' = '100 ms';
      """
          + KeyedEvents.QUERIES;

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  private final KeyedEvents events = new KeyedEvents(random);
  @TempDir private Path folder;

  BrokerKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  /** The topics of a test, and the process that runs its job. */
  private record Run(TestTopic in, TestTopic sums, TestTopic windows) {}

  @Test
  void shouldLoseAndDoubleNothingWhenTheBrokerIsKilled() throws IOException {
    Run run = create("broker-kill");
    RunnerProcess process = start(run);
    events.send(run.in(), ROWS);
    awaitRows(process, run);
    for (int kill = 0; kill < KILLS; kill++) {
      events.send(run.in(), ROWS);
      pause(random.nextInt(150));
      killBroker();
      assertThat(process.isAlive()).as(process::output).isTrue();
    }
    finish(process, run);
  }

  @Test
  @EnabledIfSystemProperty(named = "millrace.soak", matches = "[1-9]\\d*")
  void shouldLoseAndDoubleNothingWhenBrokerAndProcessAreKilledForLong() throws IOException {
    Run run = create("soak");
    long end = System.nanoTime() + Duration.ofMinutes(SOAK_MINUTES).toNanos();
    RunnerProcess process = start(run);
    while (System.nanoTime() < end) {
      events.send(run.in(), ROWS);
      pause(random.nextInt(3_000));
      if (random.nextInt(4) == 0) {
        killBroker();
      } else {
        process.kill();
      }
      process = process.isAlive() ? process : startAgain(process, run);
    }
    process.kill(); // it may be one that is about to end, as it could not start
    finish(startAgain(process, run), run);
  }

  private Run create(String name) throws IOException {
    Files.writeString(folder.resolve("kill.sql"), SCRIPT);
    return new Run(
        TestTopic.create(broker, name + "-in", KeyedEvents.PARTITIONS),
        TestTopic.create(broker, name + "-sums", 2),
        TestTopic.create(broker, name + "-windows", 1));
  }

  /** After a kill; a job that cannot start, because the broker is down, ends as well. */
  private RunnerProcess startAgain(RunnerProcess ended, Run run) {
    assertThat(ended.output()).doesNotContain("fault of Millrace");
    return start(run);
  }

  private void killBroker() {
    broker.kill();
    try {
      pause(random.nextInt(1_000));
    } finally {
      broker.start();
    }
  }

  /** Waits for the last rows, has the process end, and compares. */
  private void finish(RunnerProcess process, Run run) {
    awaitRows(process, run);
    process.stop();
    assertThat(process.status()).as(process::output).isZero();
    assertThat(KeyedEvents.byKey(run.sums().readWhenDecided()))
        .as("seed %s", SEED)
        .isEqualTo(events.expectedSums());
    assertThat(run.windows().readWhenDecided())
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(events.expectedWindows());
  }

  private RunnerProcess start(Run run) {
    return RunnerProcess.start(
        folder,
        "kill.sql",
        "--job-name",
        run.in().name(),
        "--snapshots",
        "snapshots",
        "--var",
        "in=" + run.in().name(),
        "--var",
        "sums=" + run.sums().name(),
        "--var",
        "windows=" + run.windows().name(),
        "--var",
        "broker=" + broker.bootstrapServers());
  }

  private void awaitRows(RunnerProcess process, Run run) {
    long start = System.nanoTime();
    while (run.sums().readCommitted().size() < events.all().size()) {
      assertThat(process.isAlive()).as(process::output).isTrue();
      assertThat(System.nanoTime() - start)
          .as(() -> process.output() + run.sums().readAll().size() + " rows, some not committed")
          .isLessThan(PATIENCE.toNanos());
      pause(200);
    }
  }

  private static void pause(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
