package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.process.RunnerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several real processes share one job with keyed aggregates and windows, from a topic of four
 * partitions to others. They come, are stopped, and are killed (kill -9) at random moments; in the
 * end every row is there once. {@code -Dmillrace.shared.kills=500} makes a soak test of it.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class SharedKillTest {
  private static final int KILLS = Integer.getInteger("millrace.shared.kills", 4);
  private static final long SEED = Long.getLong("millrace.seed", 20_261_128L);
  private static final int PARTITIONS = 4;
  private static final int ROWS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PACE = Duration.ofMillis(100);
  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\n" + KeyedEvents.queries(Duration.ofSeconds(2));

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  private final KeyedEvents events = new KeyedEvents(random, PARTITIONS);
  private final List<RunnerProcess> running = new ArrayList<>();
  private final Map<String, TestTopic> topics = new HashMap<>();
  private int started;
  @TempDir private Path folder;

  SharedKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @AfterEach
  void endWhatRuns() {
    running.forEach(RunnerProcess::kill);
  }

  @Test
  void shouldLoseAndDoubleNothingWhenProcessesComeAndAreKilled() throws IOException {
    prepare("shared-kill");
    start();
    start();
    for (int kill = 0; kill < KILLS; kill++) {
      if (kill % 2 == 0) {
        start();
      }
      events.send(topic("in"), ROWS);
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(3_000)).toNanos());
      events.send(topic("in"), ROWS);
      running.remove(random.nextInt(running.size())).kill();
      if (kill % 2 == 1) {
        start();
      }
    }
    awaitAllRows();
    RunnerProcess stopped = running.remove(0);
    stopped.stop();
    assertThat(stopped.status()).isZero();
    events.send(topic("in"), ROWS);
    awaitAllRows();
    stopAll();

    assertThat(KeyedEvents.byKey(topic("sums").readWhenDecided()))
        .as("seed %s", SEED)
        .isEqualTo(events.expectedSums());
    assertThat(topic("windows").readWhenDecided())
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(events.expectedWindowsOfPartitions());
  }

  @Test
  void shouldGoOnWithThePartitionsOfAKilledProcess() throws IOException {
    prepare("shared-move");
    RunnerProcess first = start();
    events.send(topic("in"), ROWS);
    awaitAllRows();
    start();
    awaitTrue(() -> members().equals(List.of(2, 2)));
    events.send(topic("in"), ROWS);
    awaitAllRows();

    running.remove(first);
    first.kill();
    events.send(topic("in"), ROWS);
    awaitAllRows();
    stopAll();

    assertThat(KeyedEvents.byKey(topic("sums").readWhenDecided())).isEqualTo(events.expectedSums());
    assertThat(topic("windows").readWhenDecided())
        .containsExactlyInAnyOrderElementsOf(events.expectedWindowsOfPartitions());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldGiveWayWhenAProcessThatWasTakenForDeadWakesUp() throws IOException {
    prepare("shared-hang");
    RunnerProcess first = start();
    start();
    awaitTrue(() -> members().equals(List.of(2, 2)));
    events.send(topic("in"), ROWS);
    awaitAllRows();

    first.hang();
    awaitTrue(() -> members().equals(List.of(4)));
    events.send(topic("in"), ROWS);
    first.resume();
    awaitAllRows();
    awaitTrue(() -> members().equals(List.of(2, 2)));
    events.send(topic("in"), ROWS);
    awaitAllRows();
    stopAll();

    assertThat(KeyedEvents.byKey(topic("sums").readWhenDecided())).isEqualTo(events.expectedSums());
    assertThat(topic("windows").readWhenDecided())
        .containsExactlyInAnyOrderElementsOf(events.expectedWindowsOfPartitions());
  }

  /** How many partitions the processes have that share the job. */
  private List<Integer> members() {
    return topic("in").partitionsOfMembers(topic("job").name() + ".millrace-members");
  }

  private void prepare(String name) throws IOException {
    topics.put("in", TestTopic.create(broker, name + "-in", PARTITIONS));
    topics.put("sums", TestTopic.create(broker, name + "-sums", 2));
    topics.put("windows", TestTopic.create(broker, name + "-windows", 1));
    Files.writeString(folder.resolve(name + ".sql"), SCRIPT);
    topics.put("job", new TestTopic(broker, name, 0));
  }

  private TestTopic topic(String name) {
    return Objects.requireNonNull(topics.get(name), name);
  }

  /** Starts one more process; each has a folder of its own for what it prints. */
  private RunnerProcess start() {
    Path own = folder.resolve("process-" + started++);
    try {
      Files.createDirectories(own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                folder.resolve(topic("job").name() + ".sql").toString(),
                "--shared",
                "--snapshots",
                folder.resolve("snapshots").toString(),
                "--var",
                "broker=" + broker.bootstrapServers()));
    for (String name : List.of("in", "sums", "windows")) {
      arguments.addAll(List.of("--var", name + "=" + topic(name).name()));
    }
    RunnerProcess process = RunnerProcess.start(own, arguments.toArray(String[]::new));
    running.add(process);
    return process;
  }

  private void awaitAllRows() {
    awaitTrue(() -> topic("sums").readCommitted().size() >= events.all().size());
  }

  private void awaitTrue(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      running.forEach(process -> assertThat(process.isAlive()).as(process::output).isTrue());
      assertThat(System.nanoTime() - start)
          .as(() -> String.join("\n", running.stream().map(RunnerProcess::output).toList()))
          .isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  private void stopAll() {
    running.forEach(RunnerProcess::stop);
    running.forEach(process -> assertThat(process.status()).as(process::output).isZero());
    running.clear();
  }
}
