package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.process.RunnerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real process (kill -9) at random moments of a job with keyed aggregates and windows,
 * whose output goes to topics, to a file and to a database: while it starts and recovers, and just
 * when a snapshot has been written, that is before, in and behind the commits. In the end every row
 * is there once. A share of the kills is of a job whose state lies in files. {@code
 * -Dmillrace.kills=5000} makes a soak test of it. {@link StepKillTest} kills it at moments that are
 * known.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class ProcessKillTest {
  private static final int KILLS = Integer.getInteger("millrace.kills", 100);
  private static final long SEED = Long.getLong("millrace.seed", 20_261_128L);
  private static final int KILLS_WITH_STATE_IN_FILES = KILLS / 8;
  private static final int ROWS_PER_LIFE = 40;

  /** So many that a third of their groups does not fit into memory. */
  private static final int ROWS_OF_MANY_GROUPS = 12_000;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PACE = Duration.ofMillis(2);
  private static final String STATE_IN_FILES =
      """
      SET 'state.backend' = 'chronicle';
      SET 'state.hot.rows' = '4096';
      SET 'state.dir' = '${here}/state';
      """;

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  private final KeyedEvents events = new KeyedEvents(random);
  @TempDir private Path folder;

  ProcessKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilledAgainAndAgain() throws IOException, SQLException {
    try (KillJob job = KillJob.small(broker, folder, "kill", events)) {
      for (int kill = 0; kill < KILLS - KILLS_WITH_STATE_IN_FILES; kill++) {
        liveAndDie(job, kill % 2 == 0);
      }
      job.finish(ROWS_PER_LIFE);

      job.assertResults("seed " + SEED);
    }
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilledWithStateInFiles() throws IOException, SQLException {
    try (KillJob job = KillJob.ofManyGroups(broker, folder, "kill-files", events, STATE_IN_FILES)) {
      RunnerProcess first = job.start();
      job.send(ROWS_OF_MANY_GROUPS);
      job.awaitRows(first);
      first.kill();
      for (int kill = 0; kill < KILLS_WITH_STATE_IN_FILES; kill++) {
        liveAndDie(job, kill % 2 == 0);
        if (kill % 2 != 0) { // it had read its state into files before it took a snapshot
          assertThat(filesOfState()).isNotEmpty();
        }
      }
      job.finish(ROWS_PER_LIFE);

      job.assertResults("seed " + SEED);
      job.assertGroups("seed " + SEED);
      assertThat(filesOfState()).isEmpty();
    }
  }

  /** Starts the process and kills it: at any moment, or just when it has taken a snapshot. */
  private void liveAndDie(KillJob job, boolean atAnyMoment) {
    RunnerProcess process = job.start();
    job.send(ROWS_PER_LIFE);
    if (atAnyMoment) {
      pause(Duration.ofMillis(200 + random.nextInt(2_500)));
    } else {
      awaitSnapshot(process, job);
      pause(Duration.ofMillis(random.nextInt(120)));
    }
    assertThat(process.isAlive()).as(process::output).isTrue();
    process.kill();
  }

  /** Waits until the process has written a manifest. */
  private static void awaitSnapshot(RunnerProcess process, KillJob job) {
    Set<String> before = manifests(job);
    long start = System.nanoTime();
    while (before.containsAll(manifests(job))) {
      assertThat(process.isAlive()).as(process::output).isTrue();
      assertThat(System.nanoTime() - start).as(process::output).isLessThan(PATIENCE.toNanos());
      pause(PACE);
    }
  }

  private static Set<String> manifests(KillJob job) {
    Set<String> names = filesIn(job.snapshots());
    names.removeIf(it -> !it.endsWith(".manifest"));
    return names;
  }

  private Set<String> filesOfState() {
    return filesIn(folder.resolve("state"));
  }

  /** All files in a folder and in those that are in it, while a process makes and removes some. */
  private static Set<String> filesIn(Path place) {
    Set<String> names = new HashSet<>();
    FileVisitor<Path> visitor =
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            names.add(file.toString());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        };
    try {
      Files.walkFileTree(place, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
