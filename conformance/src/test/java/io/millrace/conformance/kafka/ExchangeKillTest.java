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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several real processes share one job whose parts give each other rows, twice. They come and are
 * killed (kill -9) at random moments, so that partitions move with rows on their way; in the end
 * every row was counted once. {@code -Dmillrace.shared.kills=500} makes a soak test of it.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class ExchangeKillTest {
  private static final int KILLS = Integer.getInteger("millrace.shared.kills", 4);
  private static final long SEED = Long.getLong("millrace.seed", 20_261_129L);
  private static final int PARTITIONS = 4;
  private static final int ROWS = 150;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PACE = Duration.ofMillis(100);
  private static final List<String> OUTPUTS = List.of("sums", "windows", "sizes");
  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\n" + GroupedEvents.queries(2_000);

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  private final GroupedEvents events = new GroupedEvents(random, PARTITIONS);
  private final List<RunnerProcess> running = new ArrayList<>();
  private final Map<String, TestTopic> topics = new HashMap<>();
  private int started;
  @TempDir private Path folder;

  ExchangeKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @AfterEach
  void endWhatRuns() {
    running.forEach(RunnerProcess::kill);
  }

  @Test
  void shouldLoseAndDoubleNothingWhenProcessesComeAndAreKilled() throws IOException {
    prepare("exchange-kill");
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
    events.sendLast(topic("in"));
    awaitTrue(this::isAllThere);
    running.forEach(RunnerProcess::stop);
    running.forEach(process -> assertThat(process.status()).as(process::output).isZero());
    running.clear();

    assertThat(GroupedEvents.lastByGroup(topic("sums").readWhenDecided()))
        .as("seed %s", SEED)
        .isEqualTo(events.expectedTotals());
    assertThat(topic("windows").readWhenDecided())
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(events.expectedWindows());
    assertThat(topic("sizes").readWhenDecided())
        .as("seed %s", SEED)
        .containsExactlyInAnyOrderElementsOf(events.expectedSizes());
  }

  private boolean isAllThere() {
    return topic("sums").readCommitted().size() >= events.sums()
        && topic("windows").readCommitted().size() >= events.expectedWindows().size()
        && topic("sizes").readCommitted().size() >= events.expectedSizes().size();
  }

  private void prepare(String name) throws IOException {
    topics.put("in", TestTopic.create(broker, name + "-in", PARTITIONS));
    for (String output : OUTPUTS) {
      topics.put(output, TestTopic.create(broker, name + "-" + output, 1));
    }
    Files.writeString(folder.resolve(name + ".sql"), SCRIPT);
    topics.put("job", new TestTopic(broker, name, 0));
  }

  private TestTopic topic(String name) {
    return Objects.requireNonNull(topics.get(name), name);
  }

  /** Starts one more process; each has a folder of its own for what it prints. */
  private void start() {
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
                "broker=" + broker.bootstrapServers(),
                "--var",
                "in=" + topic("in").name()));
    for (String output : OUTPUTS) {
      arguments.addAll(List.of("--var", output + "=" + topic(output).name()));
    }
    running.add(RunnerProcess.start(own, arguments.toArray(String[]::new)));
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
}
