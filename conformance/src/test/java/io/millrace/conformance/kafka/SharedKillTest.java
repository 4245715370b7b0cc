package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.kafka.GroupHistory.Generation;
import io.millrace.conformance.process.RunnerProcess;
import io.millrace.spi.time.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several real processes share one job with keyed aggregates and windows, from a topic of four
 * partitions to others. They come, are stopped, and are killed (kill -9) at random moments; in the
 * end every row is there once. {@code -Dmillrace.shared.kills=500} makes a soak test of it.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class SharedKillTest {
  private static final Logger LOG = LoggerFactory.getLogger(SharedKillTest.class);
  private static final int KILLS = Integer.getInteger("millrace.shared.kills", 4);
  private static final long SEED = Long.getLong("millrace.seed", 20_261_128L);
  private static final int PARTITIONS = 4;
  private static final int ROWS = 200;
  private static final Duration SESSION =
      Duration.ofMillis(Integer.getInteger("millrace.shared.session", 2_000));
  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\n" + KeyedEvents.queries(SESSION);

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  private final KeyedEvents events = new KeyedEvents(random, PARTITIONS);
  @TempDir private Path folder;

  SharedKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  private SharedProcesses processes(String job) {
    return new SharedProcesses(
        broker, folder, job, SCRIPT, PARTITIONS, Map.of("sums", 2, "windows", 1));
  }

  @Test
  void shouldLoseAndDoubleNothingWhenProcessesComeAndAreKilled() {
    try (SharedProcesses processes = processes("shared-kill")) {
      processes.startAndKill(KILLS, random, () -> events.send(processes.topic("in"), ROWS));
      awaitAllRows(processes);
      processes.stopFirst();
      sendAndAwait(processes);
      processes.stopAll();

      assertResults(processes);
    }
  }

  /**
   * A process that has died is silent, and the broker takes who is silent for the time of a session
   * for dead, by its own clock. So what is asserted is that time, as the broker knows it, and that
   * the next assignment is without the process: the seconds, which depend on the machine, are
   * reported.
   */
  @Test
  void shouldGoOnWithThePartitionsOfAKilledProcessAfterItsSession() {
    try (SharedProcesses processes = processes("shared-move")) {
      RunnerProcess first = processes.start();
      sendAndAwait(processes);
      processes.start();
      processes.awaitTrue(() -> processes.members().equals(List.of(2, 2)));
      sendAndAwait(processes);

      List<Generation> before = processes.generations();
      processes.kill(first);
      long killedAt = Clock.system().millis();
      sendAndAwait(processes);
      long allRowsAt = Clock.system().millis();
      List<Generation> after = processes.generations();
      processes.stopAll();

      assertResults(processes);
      assertThat(after).hasSizeGreaterThan(before.size());
      Generation last = before.get(before.size() - 1);
      Generation next = after.get(before.size());
      assertThat(last.members()).hasSize(2);
      assertThat(next.members()).hasSize(1).isSubsetOf(last.members());
      assertThat(last.members())
          .allSatisfy(it -> assertThat(it.sessionMillis()).isEqualTo((int) SESSION.toMillis()));
      LOG.warn(
          "killed: partitions elsewhere after {} ms, all rows there after {} ms",
          next.atMillis() - killedAt,
          allRowsAt - killedAt);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldGiveWayWhenAProcessThatWasTakenForDeadWakesUp() {
    try (SharedProcesses processes = processes("shared-hang")) {
      RunnerProcess first = processes.start();
      processes.start();
      processes.awaitTrue(() -> processes.members().equals(List.of(2, 2)));
      sendAndAwait(processes);

      first.hang();
      processes.awaitTrue(() -> processes.members().equals(List.of(4)));
      events.send(processes.topic("in"), ROWS);
      first.resume();
      awaitAllRows(processes);
      processes.awaitTrue(() -> processes.members().equals(List.of(2, 2)));
      sendAndAwait(processes);
      processes.stopAll();

      assertResults(processes);
    }
  }

  private void sendAndAwait(SharedProcesses processes) {
    events.send(processes.topic("in"), ROWS);
    awaitAllRows(processes);
  }

  private void awaitAllRows(SharedProcesses processes) {
    processes.awaitTrue(
        () -> processes.topic("sums").readCommitted().size() >= events.all().size());
  }

  private void assertResults(SharedProcesses processes) {
    assertThat(KeyedEvents.byKey(processes.topic("sums").readWhenDecided()))
        .as("seed %s", SEED)
        .isEqualTo(events.expectedSums());
    assertThat(processes.topic("windows").readWhenDecided())
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(events.expectedWindowsOfPartitions());
  }
}
