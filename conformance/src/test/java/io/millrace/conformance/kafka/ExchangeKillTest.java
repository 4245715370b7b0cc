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

  private final KafkaBroker broker;
  private final Random random = new Random(SEED);
  private final GroupedEvents events = new GroupedEvents(random, PARTITIONS);
  @TempDir private Path folder;

  ExchangeKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldLoseAndDoubleNothingWhenProcessesComeAndAreKilled() {
    Map<String, Integer> outputs =
        GroupedEvents.OUTPUTS.stream().collect(Collectors.toMap(name -> name, name -> 1));
    try (SharedProcesses processes =
        new SharedProcesses(broker, folder, "exchange-kill", SCRIPT, PARTITIONS, outputs)) {
      processes.startAndKill(KILLS, random, () -> events.send(processes.topic("in"), ROWS));
      events.sendLast(processes.topic("in"));
      processes.awaitTrue(() -> events.areAllIn(processes::topic));
      processes.stopAll();

      events.assertResults(processes::topic, "seed " + SEED);
    }
  }
}
