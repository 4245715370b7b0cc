package io.millrace.conformance.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.process.RunnerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real process of a job that is at least once, and takes the numbers of its records: the
 * records that came twice are found by them, and none is missing.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class RowNumberKillTest {
  private static final int LIVES = 4;
  private static final int ROWS_PER_LIFE = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String SCRIPT =
      """
      SET 'delivery' = 'at-least-once';
      SET 'snapshot.dir' = 'snapshots';
      SET 'commit.interval' = '100 ms';

      CREATE STREAM Events (v BIGINT)
      WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}', start = 'earliest');

      CREATE STREAM Sums
      WITH (connector = 'kafka', topic = '${out}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT sum(v) AS s FROM Events;
      """;

  private final KafkaBroker broker;
  @TempDir private Path folder;

  RowNumberKillTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldNameEachRowByOneNumberWhenKilledAgainAndAgain() throws IOException {
    TestTopic in = TestTopic.create(broker, "numbers-in", 1);
    TestTopic out = TestTopic.create(broker, "numbers-out", 1);
    Files.writeString(folder.resolve("numbers.sql"), SCRIPT);
    for (int life = 1; life <= LIVES; life++) {
      RunnerProcess process = start(in, out);
      in.send(values());
      awaitNumber(process, out, life * ROWS_PER_LIFE - 1);
      process.kill();
    }

    Map<Long, String> rows = byNumber(out);
    assertThat(rows).hasSize(LIVES * ROWS_PER_LIFE);
    rows.forEach((number, value) -> assertThat(value).isEqualTo("{\"s\":" + (number + 1) + "}"));
  }

  /** As many as {@link #ROWS_PER_LIFE}, each 1: so a sum is its number and one. */
  private static String[] values() {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < ROWS_PER_LIFE; i++) {
      values.add("{\"v\":1}");
    }
    return values.toArray(String[]::new);
  }

  private RunnerProcess start(TestTopic in, TestTopic out) {
    return RunnerProcess.start(
        folder,
        "numbers.sql",
        "--var",
        "in=" + in.name(),
        "--var",
        "out=" + out.name(),
        "--var",
        "broker=" + broker.bootstrapServers());
  }

  private static void awaitNumber(RunnerProcess process, TestTopic out, long number) {
    long start = System.nanoTime();
    while (!byNumber(out).containsKey(number)) {
      assertThat(process.isAlive()).as(process::output).isTrue();
      assertThat(System.nanoTime() - start).as(process::output).isLessThan(PATIENCE.toNanos());
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** The values of the records by their numbers; fails if a number has two values. */
  private static Map<Long, String> byNumber(TestTopic out) {
    Map<Long, String> values = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : out.readAll()) {
      byte[] number = record.headers().lastHeader("millrace-seq").value();
      String value = new String(record.value(), UTF_8);
      assertThat(values.put(Long.valueOf(new String(number, UTF_8)), value)).isIn(null, value);
    }
    return values;
  }
}
