package io.millrace.conformance.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
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
  private static final String SCRIPT =
      "SET 'commit.interval' = '50 ms';\n" + GroupedEvents.queries(2_000);

  /** Greater than the times in which the rows are that may be on their way at a moment. */
  private static final long SLACK = 10_000;

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  @TempDir private Path folder;

  ExchangeKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldLoseAndDoubleNothingWhenProcessesComeAndAreKilled() {
    GroupedEvents events = new GroupedEvents(random, PARTITIONS);
    try (SharedProcesses processes = share("exchange-kill", SCRIPT)) {
      processes.startAndKill(KILLS, random, () -> events.send(processes.topic("in"), ROWS));
      finish(processes, events);
    }
  }

  /**
   * One partition has no row. Rows are sent when those before have been counted, so however long a
   * part takes, and is held for silent, its rows are not late.
   */
  @Test
  void shouldLoseAndDoubleNothingWhileAPartitionIsSilent() {
    GroupedEvents events = new GroupedEvents(random, PARTITIONS - 1, SLACK);
    String clause = "WATERMARK FOR ts AS ts - " + SLACK + " MS IDLE TIMEOUT 300 MS";
    try (SharedProcesses processes =
        share("silent-kill", SCRIPT.replace("TIMESTAMP BY ts", clause))) {
      Runnable send =
          () -> {
            processes.awaitTrue(() -> areCounted(processes, events));
            events.send(processes.topic("in"), ROWS);
          };
      processes.startAndKill(KILLS, random, send);
      processes.awaitTrue(() -> areCounted(processes, events));
      finish(processes, events);
    }
  }

  private static boolean areCounted(SharedProcesses processes, GroupedEvents events) {
    return processes.topic("sums").readCommitted().size() >= events.sums();
  }

  private SharedProcesses share(String job, String script) {
    Map<String, Integer> outputs =
        GroupedEvents.OUTPUTS.stream().collect(Collectors.toMap(name -> name, name -> 1));
    return new SharedProcesses(broker, folder, job, script, PARTITIONS, outputs);
  }

  private static void finish(SharedProcesses processes, GroupedEvents events) {
    events.sendLast(processes.topic("in"));
    processes.awaitTrue(() -> events.areAllIn(processes::topic));
    processes.stopAll();

    events.assertResults(processes::topic, "seed " + SEED);
  }
}
