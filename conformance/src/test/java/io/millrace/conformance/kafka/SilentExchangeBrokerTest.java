package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Job;
import io.millrace.engine.SharedJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Engines that share a job whose parts give each other rows, of topics of which a partition falls
 * silent and speaks again: they give what the job gives that is not shared. All partitions but one
 * end with rows of equal times, and each part is told what is next when the results of what was
 * before are there; so it does not matter when a partition is held for silent.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class SilentExchangeBrokerTest {
  private static final int PARTITIONS = 4;
  private static final String SCRIPT =
      """
      SET 'commit.interval' = '50 ms';
      CREATE STREAM Events (k STRING KEY, g STRING, v BIGINT, ts BIGINT,
        TIMESTAMP BY ts IDLE TIMEOUT 300 MS)
      WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}', start = 'earliest');
      CREATE STREAM Lates (g STRING, v BIGINT, LATE_BY BIGINT)
      WITH (connector = 'kafka', topic = '${lates}', format = 'json', bootstrap.servers = '${broker}');
      CREATE STREAM Windows
      WITH (connector = 'kafka', topic = '${windows}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT g, count(*) AS n FROM Events WINDOW TUMBLING (100 MS) LATE INTO Lates GROUP BY g;
      CREATE STREAM Sizes
      WITH (connector = 'kafka', topic = '${sizes}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT n, count(*) AS c FROM Windows WINDOW TUMBLING (400 MS) GROUP BY n;
      CREATE STREAM Totals
      WITH (connector = 'kafka', topic = '${totals}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT count(*) AS n, sum(v) AS s FROM Events WINDOW TUMBLING (1000 MS);
      """;

  private final SharedEngines engines;
  private final List<SharedJob> shared = new ArrayList<>();
  private final List<Job> alone = new ArrayList<>();

  SilentExchangeBrokerTest(KafkaBroker broker, @TempDir Path folder) {
    this.engines =
        new SharedEngines(broker, folder, List.of("windows", "sizes", "totals", "lates"));
  }

  @AfterEach
  void close() throws Exception {
    engines.close();
  }

  /**
   * Runs the job in some processes.
   *
   * @param processes 0 for one whose job is not shared
   */
  private void start(String name, int processes) {
    if (processes == 0) {
      Job job = engines.opened(engines.engine().deploy(engines.deployment(name, SCRIPT)));
      job.start();
      alone.add(job);
    }
    for (int i = 0; i < processes; i++) {
      SharedJob job = engines.share(name, "SET 'shared' = 'true';\n" + SCRIPT);
      job.start();
      shared.add(job);
    }
  }

  private void stop() {
    shared.forEach(SharedJob::stop);
    shared.clear();
    alone.forEach(Job::stop);
    alone.clear();
  }

  private void await(String topic, int count) {
    TestTopic read = engines.topic(topic, 1);
    SharedEngines.awaitTrue(shared, () -> read.readCommitted().size() >= count);
  }

  private List<String> rows(String topic) {
    return engines.topic(topic, 1).readWhenDecided().stream()
        .map(text -> text.replaceFirst("^[^=]*=", ""))
        .toList();
  }

  private static ProducerRecord<byte[], byte[]> record(
      TestTopic in, int partition, String group, long time) {
    String text = "{\"g\":\"" + group + "\",\"v\":" + (time % 7) + ",\"ts\":" + time + "}";
    return in.record(partition, null, "k" + partition, text);
  }

  /** All but the first partition go on to 1000; the first one stays at 50. */
  private static List<ProducerRecord<byte[], byte[]>> beforeSilence(TestTopic in) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    records.add(record(in, 0, "g0", 50));
    for (int partition = 1; partition < PARTITIONS; partition++) {
      for (int i = 0; i < 10; i++) {
        records.add(record(in, partition, "g" + i % 2, 100L * i + 10L * partition));
      }
      records.add(record(in, partition, "x", 1_000));
    }
    return records;
  }

  /** The first one speaks again. */
  private static List<ProducerRecord<byte[], byte[]>> afterSilence(TestTopic in) {
    return List.of(
        record(in, 0, "late", 60), record(in, 0, "g0", 1_050), record(in, 0, "g0", 1_500));
  }

  private static List<ProducerRecord<byte[], byte[]>> ofAll(TestTopic in, int first, long time) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int partition = first; partition < PARTITIONS; partition++) {
      records.add(record(in, partition, "x", time));
    }
    return records;
  }

  /** When the others are far ahead of the first one, which comes back after a restart. */
  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "0, true", "2, true"})
  void shouldGoOnWithoutASilentPartition(int processes, boolean isRestarted) {
    String name = "silent-" + processes + isRestarted;
    engines.createTopics(name, PARTITIONS);
    TestTopic in = engines.topic(name + "-in", PARTITIONS);
    in.send(beforeSilence(in));
    start(name, processes);
    await(name + "-windows", 10);
    await(name + "-totals", 1);
    if (isRestarted) {
      stop();
      in.send(ofAll(in, 1, 3_000));
      in.send(afterSilence(in));
      start(name, processes);
    } else {
      in.send(afterSilence(in));
    }
    await(name + "-lates", 1);
    in.send(ofAll(in, 0, 8_000));
    await(name + "-windows", isRestarted ? 14 : 13);
    await(name + "-sizes", isRestarted ? 7 : 6);
    await(name + "-totals", isRestarted ? 3 : 2);
    stop();

    assertThat(rows(name + "-windows"))
        .containsExactlyInAnyOrderElementsOf(expectedWindows(isRestarted));
    assertThat(rows(name + "-sizes"))
        .containsExactlyInAnyOrderElementsOf(expectedSizes(isRestarted));
    assertThat(rows(name + "-totals"))
        .containsExactlyInAnyOrderElementsOf(expectedTotals(isRestarted));
    assertThat(rows(name + "-lates"))
        .containsExactly("{\"g\":\"late\",\"v\":4,\"LATE_BY\":940}@60");
  }

  private static List<String> expectedWindows(boolean isRestarted) {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int count = i == 0 ? 4 : 3;
      expected.add("{\"g\":\"g" + i % 2 + "\",\"n\":" + count + "}@" + (100 * i + 99));
    }
    expected.add("{\"g\":\"x\",\"n\":3}@1099");
    expected.add("{\"g\":\"g0\",\"n\":1}@1099");
    expected.add("{\"g\":\"g0\",\"n\":1}@1599");
    if (isRestarted) {
      expected.add("{\"g\":\"x\",\"n\":3}@3099");
    }
    return expected;
  }

  private static List<String> expectedSizes(boolean isRestarted) {
    List<String> expected = new ArrayList<>();
    expected.add("{\"n\":4,\"c\":1}@399");
    expected.add("{\"n\":3,\"c\":3}@399");
    expected.add("{\"n\":3,\"c\":4}@799");
    expected.add("{\"n\":3,\"c\":3}@1199");
    expected.add("{\"n\":1,\"c\":1}@1199");
    expected.add("{\"n\":1,\"c\":1}@1599");
    if (isRestarted) {
      expected.add("{\"n\":3,\"c\":1}@3199");
    }
    return expected;
  }

  private static List<String> expectedTotals(boolean isRestarted) {
    long sum = 50 % 7;
    for (int i = 0; i < 10; i++) {
      for (int partition = 1; partition < PARTITIONS; partition++) {
        sum += (100 * i + 10 * partition) % 7;
      }
    }
    List<String> expected = new ArrayList<>();
    expected.add("{\"n\":31,\"s\":" + sum + "}@999");
    expected.add("{\"n\":5,\"s\":" + (3 * (1_000 % 7) + 1_050 % 7 + 1_500 % 7) + "}@1999");
    if (isRestarted) {
      expected.add("{\"n\":3,\"s\":" + 3 * (3_000 % 7) + "}@3999");
    }
    return expected;
  }
}
