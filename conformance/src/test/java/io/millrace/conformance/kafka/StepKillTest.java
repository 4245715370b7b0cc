package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.process.Debugger;
import io.millrace.conformance.process.RunnerProcess;
import io.millrace.conformance.process.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real process (kill -9) at known steps of a job whose output goes to topics, to a file
 * and to a database: of merges of increments, of snapshots, of and between the commits of its
 * sinks, and of recoveries from these. A debugger has it stand still there, so that each of these
 * kills is where it is meant to be, on any machine. In the end every row is there once. {@link
 * ProcessKillTest} kills it by chance, and more often.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class StepKillTest {
  private static final long SEED = Long.getLong("millrace.seed", 20_261_130L);
  private static final int ROWS_PER_LIFE = 40;

  /** So that snapshots follow each other. */
  private static final int MORE_ROWS = 5;

  /** Of so many groups that what a snapshot of them has to say is merged. */
  private static final int ROWS_OF_MANY_GROUPS = 8_000;

  private static final String MERGE = "millrace-merge-";
  private static final String SNAPSHOT = "millrace-snapshot-";
  private static final String ANY = "";
  private static final String COMMIT = "io.millrace.runtime.commit.";
  private static final String STORE = "io.millrace.state.store.";
  private static final String KAFKA = "io.millrace.connectors.kafka.";

  /** Each is of the merge that the one before has left undone. */
  private static final List<Step> OF_MERGES =
      List.of(
          // before the first of the parts is read
          new Step(MERGE, COMMIT + "SectionMerger", "merge", 1),
          // some of them are read
          new Step(MERGE, STORE + "FileSnapshotStore", "read", 2),
          // the new file has its first block
          new Step(MERGE, STORE + "BlockWriter", "writeBlock", 2),
          // it is whole, and has its temporary name
          new Step(MERGE, STORE + "StoreFiles", "rename", 1),
          // it has its name, which may not be on stable storage
          new Step(MERGE, STORE + "StoreFiles", "force", 1));

  /** A snapshot takes what was merged for the parts that it stands for. */
  private static final Step OF_TAKING =
      new Step(SNAPSHOT, STORE + "FileSnapshotWriter", "replace", 1);

  /** The snapshot is committed, and the parts are removed. */
  private static final Step OF_REMOVING =
      new Step(SNAPSHOT, STORE + "FileSnapshotStore", "removeAllBut", 1);

  private static final List<Step> OF_SNAPSHOTS =
      List.of(
          // the data file has some sections
          new Step(SNAPSHOT, STORE + "DataFile", "write", 2),
          // the data file is whole, and has its temporary name
          new Step(SNAPSHOT, STORE + "FileSnapshotStore", "commit", 1),
          // it has its name, and there is no manifest
          new Step(SNAPSHOT, STORE + "StoreFiles", "writeManifest", 1),
          // the manifest has its temporary name
          new Step(SNAPSHOT, STORE + "StoreFiles", "rename", 2),
          // it has its name, which may not be on stable storage
          new Step(SNAPSHOT, STORE + "StoreFiles", "force", 2));

  private static final List<Step> OF_COMMITS =
      List.of(
          // the snapshot is there, and nothing is committed
          new Step(SNAPSHOT, KAFKA + "KafkaCommitAuthority$Interval", "commit", 1),
          // the transaction has the offsets, and is open
          new Step(SNAPSHOT, KAFKA + "IntervalProducer", "commit", 1),
          // the topics have it, neither the file nor the database
          new Step(SNAPSHOT, COMMIT + "JobSinks", "apply", 1),
          // the database has to find out what it has to write
          new Step(SNAPSHOT, "io.millrace.connectors.jdbc.StagedJdbcSink", "apply", 1),
          // its rows are written, and its transaction is open
          new Step(SNAPSHOT, "io.millrace.connectors.jdbc.Commits", "advance", 1),
          // all have it, and old snapshots are there
          new Step(SNAPSHOT, COMMIT + "SnapshotAgent", "noteCommitted", 1),
          // the second snapshot is committed behind the first
          new Step(SNAPSHOT, COMMIT + "JobSinks", "apply", 2));

  /** Each of a recovery from the one before. */
  private static final List<Step> OF_RECOVERIES =
      List.of(
          // one of the two producers is fenced
          new Step(ANY, KAFKA + "IntervalProducer", "initialize", 2),
          // both are, and no snapshot is looked for
          new Step(ANY, COMMIT + "Recovery", "restore", 1),
          // some of its parts are read
          new Step(ANY, STORE + "StoreFiles", "read", 3),
          // all are, and later snapshots are there
          new Step(ANY, COMMIT + "Recovery", "discardNewer", 1),
          // the file is cut back, and the database has to get what the topics have
          new Step(ANY, "io.millrace.connectors.jdbc.StagedJdbcSink", "apply", 1),
          // its rows are written, and its transaction is open
          new Step(ANY, "io.millrace.connectors.jdbc.Commits", "advance", 1),
          // it begins
          new Step(ANY, COMMIT + "SnapshotCycle", "begin", 1));

  private final KafkaBroker broker;
  private final KeyedEvents events = new KeyedEvents(new Random(SEED));
  @TempDir private Path folder;

  StepKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilledAtEachStepOfMerges() throws IOException, SQLException {
    try (KillJob job = KillJob.ofManyGroups(broker, folder, "kill-merges", events, "")) {
      job.send(ROWS_OF_MANY_GROUPS);
      for (Step step : OF_MERGES) {
        liveAndDie(job, step);
      }
      liveAndDie(job, OF_TAKING);
      liveAndDie(job, OF_TAKING, OF_REMOVING);
      finish(job);
      job.assertGroups("seed " + SEED);
    }
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilledAtEachStepOfSnapshots()
      throws IOException, SQLException {
    killAtEach("kill-snapshots", OF_SNAPSHOTS);
  }

  @Test
  void shouldLoseAndDoubleNothingWhenKilledAtEachStepOfCommits() throws IOException, SQLException {
    killAtEach("kill-commits", OF_COMMITS);
  }

  /** The first is a recovery of a database that lacks what the topics have. */
  @Test
  void shouldLoseAndDoubleNothingWhenKilledAtEachStepOfRecoveries()
      throws IOException, SQLException {
    try (KillJob job = KillJob.small(broker, folder, "kill-recoveries", events)) {
      liveAndDie(job, new Step(SNAPSHOT, COMMIT + "JobSinks", "apply", 2));
      for (Step step : OF_RECOVERIES) {
        liveAndDie(job, step);
      }
      finish(job);
    }
  }

  private void killAtEach(String name, List<Step> steps) throws IOException, SQLException {
    try (KillJob job = KillJob.small(broker, folder, name, events)) {
      for (Step step : steps) {
        liveAndDie(job, step);
      }
      finish(job);
    }
  }

  private static void liveAndDie(KillJob job, Step... steps) {
    try (Debugger debugger = new Debugger()) {
      RunnerProcess process = job.start(debugger);
      job.send(ROWS_PER_LIFE);
      debugger.hold(process, List.of(steps), () -> job.send(MORE_ROWS));
      process.kill();
    }
  }

  private static void finish(KillJob job) throws IOException, SQLException {
    job.finish(ROWS_PER_LIFE);
    job.assertResults("seed " + SEED);
    try (Stream<Path> files = Files.list(job.snapshots())) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".writing"));
    }
  }
}
