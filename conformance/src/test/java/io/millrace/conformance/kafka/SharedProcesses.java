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

/** Real processes that share one job, from a topic to others, each of which may die. */
final class SharedProcesses implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PACE = Duration.ofMillis(100);

  private final KafkaBroker broker;
  private final Path folder;
  private final String job;
  private final Map<String, TestTopic> topics = new HashMap<>();
  private final List<RunnerProcess> running = new ArrayList<>();
  private int started;

  /**
   * Makes the job's script and its topics, {@code in} and those of the outputs, whose names the
   * script has as variables.
   *
   * @param outputs for each the number of partitions
   */
  SharedProcesses(
      KafkaBroker broker,
      Path folder,
      String job,
      String script,
      int partitions,
      Map<String, Integer> outputs) {
    this.broker = broker;
    this.folder = folder;
    this.job = job;
    create("in", partitions);
    outputs.forEach(this::create);
    try {
      Files.writeString(file(), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(String name, int partitions) {
    topics.put(name, TestTopic.create(broker, job + "-" + name, partitions));
  }

  private Path file() {
    return folder.resolve(job + ".sql");
  }

  TestTopic topic(String name) {
    return Objects.requireNonNull(topics.get(name), name);
  }

  /** How many partitions the processes have that share the job. */
  List<Integer> members() {
    return topic("in").partitionsOfMembers(job + ".millrace-members");
  }

  /** How its partitions were assigned so far. */
  List<GroupHistory.Generation> generations() {
    return GroupHistory.of(broker, job + ".millrace-members");
  }

  /** Starts one more process; each has a folder of its own for what it prints. */
  RunnerProcess start() {
    Path own = folder.resolve("process-" + started++);
    try {
      Files.createDirectories(own);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> arguments =
        new ArrayList<>(
            List.of(
                file().toString(),
                "--shared",
                "--snapshots",
                folder.resolve("snapshots").toString(),
                "--var",
                "broker=" + broker.bootstrapServers()));
    topics.forEach((name, topic) -> arguments.addAll(List.of("--var", name + "=" + topic.name())));
    RunnerProcess process = RunnerProcess.start(own, arguments.toArray(String[]::new));
    running.add(process);
    return process;
  }

  /**
   * Starts two processes, then has others come and die at random moments, one for each kill.
   *
   * @param send sends rows, twice for each kill
   */
  void startAndKill(int kills, Random random, Runnable send) {
    start();
    start();
    for (int kill = 0; kill < kills; kill++) {
      if (kill % 2 == 0) {
        start();
      }
      send.run();
      LockSupport.parkNanos(Duration.ofMillis(random.nextInt(3_000)).toNanos());
      send.run();
      kill(running.get(random.nextInt(running.size())));
      if (kill % 2 == 1) {
        start();
      }
    }
  }

  void kill(RunnerProcess process) {
    running.remove(process);
    process.kill();
  }

  /** Stops the process that was started first of those that run. */
  void stopFirst() {
    RunnerProcess first = running.remove(0);
    first.stop();
    assertThat(first.status()).as(first::output).isZero();
  }

  /** Stops all when all have begun to work: a process that has yet to come up ends at once. */
  void stopAll() {
    awaitTrue(() -> members().size() == running.size());
    running.forEach(RunnerProcess::stop);
    running.forEach(process -> assertThat(process.status()).as(process::output).isZero());
    running.clear();
  }

  void awaitTrue(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      running.forEach(process -> assertThat(process.isAlive()).as(process::output).isTrue());
      assertThat(System.nanoTime() - start)
          .as(() -> String.join("\n", running.stream().map(RunnerProcess::output).toList()))
          .isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  @Override
  public void close() {
    running.forEach(RunnerProcess::kill);
  }
}
