package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.process.RunnerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A query file from topic to topic through the real {@code millrace} process and a real broker. */
@ExtendWith(KafkaBrokerExtension.class)
final class TopicToTopicTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SCRIPT =
      """
      CREATE STREAM Trades (
        symbol STRING KEY, price DOUBLE, volume BIGINT, ts BIGINT, TIMESTAMP BY ts
      ) WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}');

      CREATE STREAM Sums
      WITH (connector = 'kafka', topic = '${out}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT symbol, count(*) AS trades, sum(price * volume) AS value
      FROM Trades WINDOW TUMBLING (1 SEC)
      WHERE price > 10
      GROUP BY symbol;
      """;

  private final KafkaBroker broker;
  @TempDir private Path folder;

  TopicToTopicTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldWriteResultsAndCommitOffsetsWhenRunByTheRunner() {
    TestTopic in = TestTopic.create(broker, "process-in", 1);
    TestTopic out = TestTopic.create(broker, "process-out", 1);
    in.send(
        trade("IBM", 20, 2, 100),
        trade("WSO2", 30, 1, 200),
        trade("IBM", 5, 9, 300),
        "no json",
        trade("IBM", 21, 1, 1100));

    RunnerProcess process = start(in, out);
    await(process, out, 2);
    process.stop();

    assertThat(out.readWhenDecided())
        .containsExactly(
            "IBM={\"symbol\":\"IBM\",\"trades\":1,\"value\":40.0}@999",
            "WSO2={\"symbol\":\"WSO2\",\"trades\":1,\"value\":30.0}@999");
    assertThat(in.committed("process.Trades", 0)).hasValue(5L);
  }

  private static String trade(String symbol, int price, int volume, long time) {
    return "{\"symbol\":\""
        + symbol
        + "\",\"price\":"
        + price
        + ",\"volume\":"
        + volume
        + ",\"ts\":"
        + time
        + "}";
  }

  private RunnerProcess start(TestTopic in, TestTopic out) {
    try {
      Path script = Files.writeString(folder.resolve("process.sql"), SCRIPT);
      return RunnerProcess.start(
          folder,
          "--var",
          "in=" + in.name(),
          "--var",
          "out=" + out.name(),
          "--var",
          "broker=" + broker.bootstrapServers(),
          script.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(RunnerProcess process, TestTopic topic, int rows) {
    long start = System.nanoTime();
    while (topic.readCommitted().size() < rows) {
      assertThat(System.nanoTime() - start).as(process::output).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }
}
