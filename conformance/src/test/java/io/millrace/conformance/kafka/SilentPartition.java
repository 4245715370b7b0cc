package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.VirtualClock;
import io.millrace.state.store.FileSnapshotStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A job that reads a topic of three partitions, of which the last falls silent, and what its output
 * topics are to have. The clock stands still until {@link #pass} moves it.
 *
 * <p>A source's partitions are polled in their order: when a row of the other partitions has been
 * taken, the last one has been asked since that row was sent. So rows without a meaning (ticks)
 * that are sent behind a step of the clock and awaited tell that silence was looked for by that
 * step; and that does not depend on how fast anything is.
 */
final class SilentPartition implements AutoCloseable {
  static final long IDLE_TIMEOUT = 30_000;

  /** For how long nobody may ask a partition whose silence is measured. */
  private static final long STEP = IDLE_TIMEOUT / 4;

  private static final int PARTITIONS = 3;
  private static final int SILENT = PARTITIONS - 1;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PACE = Duration.ofMillis(5);

  private final KafkaBroker broker;
  private final String name;
  private final String script;
  private final TestTopic in;
  private final Map<String, TestTopic> outputs = new LinkedHashMap<>();
  private final Map<String, List<String>> expected = new LinkedHashMap<>();
  private final long[] greatest = new long[PARTITIONS];

  /** The outputs of which more is expected than was checked. */
  private final Set<String> awaited = new LinkedHashSet<>();

  private final VirtualClock clock = new VirtualClock(1_000_000);
  private Path snapshots;
  private Engine engine;
  private Job job;

  /** How many rows were sent to the job that runs. */
  private long sent;

  /**
   * Starts the job.
   *
   * @param folder where its snapshots are
   * @param script reads the topic {@code in}; its variables are {@code in}, {@code broker} and the
   *     outputs
   */
  SilentPartition(
      KafkaBroker broker, Path folder, String name, String script, List<String> outputs) {
    this.broker = broker;
    this.snapshots = folder.resolve("s");
    this.name = name;
    this.script = script;
    this.in = TestTopic.create(broker, name + "-in", PARTITIONS);
    for (String output : outputs) {
      this.outputs.put(output, TestTopic.create(broker, name + "-" + output, 1));
      this.expected.put(output, new ArrayList<>());
    }
    this.engine = newEngine();
    this.job = start();
  }

  private Engine newEngine() {
    return Engine.builder().clock(clock).snapshots(new FileSnapshotStores(snapshots, null)).build();
  }

  private Job start() {
    Deployment deployment =
        Deployment.of(script)
            .named(name)
            .withVariable("in", in.name())
            .withVariable("broker", broker.bootstrapServers());
    for (Map.Entry<String, TestTopic> output : outputs.entrySet()) {
      deployment = deployment.withVariable(output.getKey(), output.getValue().name());
    }
    Job started = engine.deploy(deployment);
    started.start();
    return started;
  }

  /** Stops the job, and has another engine go on from its last snapshot. */
  void restart() {
    job.stop();
    assertThat(job.failure()).isEmpty();
    engine.close();
    engine = newEngine();
    job = start();
    sent = job.metrics().totalIn();
  }

  /**
   * Has another engine take the job over while it runs, from a copy of its snapshots, as after a
   * crash: what was not committed is read again. Returns when what is expected is there.
   */
  void takeOver() {
    Job before = job;
    Engine lost = engine;
    try {
      snapshots = copyOf(snapshots);
      engine = newEngine();
      job = start();
      awaitExpected();
      assertThatThrownBy(() -> before.commit(PATIENCE)).isInstanceOf(MillraceException.class);
    } finally {
      lost.close();
    }
    check();
  }

  private static Path copyOf(Path folder) {
    Path copy = folder.resolveSibling(folder.getFileName() + "-copy");
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.toList()) {
        Files.copy(one, copy.resolve(folder.relativize(one)));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A row for {@link #take}. */
  ProducerRecord<byte[], byte[]> row(int partition, int n, String kind, long time) {
    greatest[partition] = Math.max(greatest[partition], time);
    return in.record(
        partition, 0L, null, "{\"k\":\"" + kind + "\",\"n\":" + n + ",\"ts\":" + time + "}");
  }

  /** Sends rows, and returns when they have been taken. */
  @SafeVarargs
  final void take(ProducerRecord<byte[], byte[]>... rows) {
    take(List.of(rows));
  }

  /** Sends rows, and returns when they have been taken. */
  void take(List<ProducerRecord<byte[], byte[]>> rows) {
    in.send(rows);
    sent += rows.size();
    long start = System.nanoTime();
    while (job.metrics().totalIn() < sent && isPatient(start)) {
      LockSupport.parkNanos(PACE.toNanos());
    }
    assertThat(job.metrics().totalIn()).isEqualTo(sent);
  }

  private boolean isPatient(long start) {
    assertThat(job.failure()).isEmpty();
    return System.nanoTime() - start < PATIENCE.toNanos();
  }

  /** The silent partition's last row, from which its silence is measured. */
  void speakLast() {
    take(tick(SILENT));
    tickOthers();
  }

  /** A row that moves no watermark. */
  private ProducerRecord<byte[], byte[]> tick(int partition) {
    return row(partition, 0, "tick", greatest[partition]);
  }

  private void tickOthers() {
    take(tick(0), tick(1));
  }

  /** Lets time pass in which the others speak, and the silent partition is asked. */
  void pass(long millis) {
    for (long left = millis; left > 0; left -= STEP) {
      advance(Math.min(STEP, left));
      tickOthers();
    }
  }

  private void advance(long millis) {
    engine.advanceClock(clock.millis() + millis);
  }

  /** Moves the clock by a last millisecond, and awaits what is expected by then. */
  void passLastMillisecond() {
    advance(1);
    awaitExpected();
  }

  /**
   * Lets time pass until what is expected is there. Silence begins with the first poll that finds
   * nothing and knows that there is no more: after a restart that may be later than the start.
   */
  void passUntilExpected() {
    long start = System.nanoTime();
    while (!isThere() && isPatient(start)) {
      pass(STEP);
    }
    check();
  }

  private void awaitExpected() {
    long start = System.nanoTime();
    while (!isThere() && isPatient(start)) {
      Thread.onSpinWait();
    }
    check();
  }

  /** What comes behind the commit is not waited for: it is part of the next. */
  private boolean isThere() {
    job.commit(PATIENCE);
    return awaited.stream().allMatch(it -> topic(it).readCommitted().size() >= rowsOf(it).size());
  }

  private TestTopic topic(String output) {
    return Objects.requireNonNull(outputs.get(output));
  }

  private List<String> rowsOf(String output) {
    return Objects.requireNonNull(expected.get(output));
  }

  /** Adds to what an output is to have: its values, and the times of these. */
  SilentPartition expect(String output, String... rows) {
    awaited.add(output);
    for (String row : rows) {
      rowsOf(output).add("null=" + row);
    }
    return this;
  }

  /** Checks that the outputs have what is expected, in that order, once, and nothing else. */
  void check() {
    job.commit(PATIENCE);
    Map<String, List<String>> actual = new LinkedHashMap<>();
    outputs.forEach((output, topic) -> actual.put(output, topic.readWhenDecided()));
    assertThat(actual).isEqualTo(expected);
    awaited.clear();
  }

  @Override
  public void close() {
    engine.close();
  }
}
