package io.millrace.conformance.kafka;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code IDLE TIMEOUT} over a topic of which a partition falls silent: windows that close, windows
 * that count and patterns go on without it, from the moment on at which the time-out is over.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class IdlePartitionBrokerTest {
  private static final String SCRIPT =
      """
      SET 'commit.interval' = '10 MIN';

      CREATE STREAM Events (k STRING, n BIGINT, ts BIGINT,
        WATERMARK FOR ts AS ts - 1 SEC IDLE TIMEOUT 30 SEC)
      WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}');

      CREATE STREAM WindowsLate (k STRING, n BIGINT, LATE_BY BIGINT)
      WITH (connector = 'kafka', topic = '${windows-late}', format = 'json', bootstrap.servers = '${broker}');
      CREATE STREAM LengthsLate (k STRING, n BIGINT, LATE_BY BIGINT)
      WITH (connector = 'kafka', topic = '${lengths-late}', format = 'json', bootstrap.servers = '${broker}');
      CREATE STREAM MatchesLate (k STRING, n BIGINT, LATE_BY BIGINT)
      WITH (connector = 'kafka', topic = '${matches-late}', format = 'json', bootstrap.servers = '${broker}');

      CREATE STREAM Windows
      WITH (connector = 'kafka', topic = '${windows}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT count(*) AS c, sum(n) AS s
      FROM Events WINDOW TUMBLING (10 SEC) LATE INTO WindowsLate WHERE k <> 'tick';

      CREATE STREAM Lengths
      WITH (connector = 'kafka', topic = '${lengths}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT collect_list(n) AS ns
      FROM Events WINDOW LENGTH (2) LATE INTO LengthsLate WHERE k <> 'tick';

      CREATE STREAM Matches
      WITH (connector = 'kafka', topic = '${matches}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT a.n AS a, b.n AS b
      FROM PATTERN (EVERY a = Events (k = 'a') -> b = Events (k = 'b')) LATE INTO MatchesLate;
      """;
  private static final List<String> OUTPUTS =
      List.of("windows", "lengths", "matches", "windows-late", "lengths-late", "matches-late");

  private final KafkaBroker broker;
  @TempDir private Path folder;

  IdlePartitionBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  private SilentPartition start(String name) {
    return new SilentPartition(broker, folder, name, SCRIPT, OUTPUTS);
  }

  /** The last partition's watermark is at 2000, those of the others are at 11000 and 12000. */
  private static void speak(SilentPartition topic) {
    topic.take(
        topic.row(0, 1, "a", 1_000),
        topic.row(0, 2, "b", 4_000),
        topic.row(1, 3, "b", 2_000),
        topic.row(1, 4, "a", 6_000),
        topic.row(2, 5, "b", 3_000),
        topic.row(2, 6, "a", 2_500),
        topic.row(0, 7, "b", 12_000),
        topic.row(1, 8, "a", 13_000),
        topic.row(1, 9, "b", 12_500));
    topic.expect("lengths", "{\"ns\":[1]}@1000").check();
  }

  /** What all of them gave before 11000. */
  private static void expectWithoutSilent(SilentPartition topic) {
    topic
        .expect("windows", "{\"c\":6,\"s\":21}@9999")
        .expect(
            "lengths",
            "{\"ns\":[1,3]}@2000",
            "{\"ns\":[3,6]}@2500",
            "{\"ns\":[6,5]}@3000",
            "{\"ns\":[5,2]}@4000",
            "{\"ns\":[2,4]}@6000")
        .expect("matches", "{\"a\":1,\"b\":3}@2000", "{\"a\":6,\"b\":5}@3000");
  }

  /** Where the job is restarted, that is at moments at which it changes nothing. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGoOnWithoutSilentPartitionFromTheTimeOutOn(boolean isRestarted) {
    try (SilentPartition topic = start("idle-partition-" + isRestarted)) {
      speak(topic);
      restartIf(isRestarted, topic);
      topic.speakLast();
      topic.pass(SilentPartition.IDLE_TIMEOUT - 1);
      topic.check();
      expectWithoutSilent(topic);
      topic.passLastMillisecond();

      restartIf(isRestarted, topic);
      comeBack(topic);
      restartIf(isRestarted, topic);
      catchUp(topic);

      restartIf(isRestarted, topic);
      fallSilentAgain(topic);
      comeBackInTime(topic);
    }
  }

  private static void restartIf(boolean isRestarted, SilentPartition topic) {
    if (isRestarted) {
      topic.restart();
      topic.check();
    }
  }

  private static void comeBack(SilentPartition topic) {
    topic.take(comingBack(topic));
    expectOfComingBack(topic);
    topic.check();
  }

  /** Of three rows one is late for all, one for those only that take rows in order. */
  private static List<ProducerRecord<byte[], byte[]>> comingBack(SilentPartition topic) {
    return List.of(
        topic.row(2, 10, "a", 9_000), topic.row(2, 11, "b", 11_000), topic.row(2, 12, "b", 10_999));
  }

  private static void expectOfComingBack(SilentPartition topic) {
    topic
        .expect("windows-late", "{\"k\":\"a\",\"n\":10,\"LATE_BY\":2000}@9000")
        .expect(
            "lengths-late",
            "{\"k\":\"a\",\"n\":10,\"LATE_BY\":2000}@9000",
            "{\"k\":\"b\",\"n\":12,\"LATE_BY\":1}@10999")
        .expect(
            "matches-late",
            "{\"k\":\"a\",\"n\":10,\"LATE_BY\":2000}@9000",
            "{\"k\":\"b\",\"n\":12,\"LATE_BY\":1}@10999");
  }

  /** It counts again at once: the others wait for it. */
  private static void catchUp(SilentPartition topic) {
    topic.take(topic.row(0, 13, "a", 25_000), topic.row(1, 14, "b", 26_000));
    topic.check();

    topic.take(topic.row(2, 15, "a", 21_000));
    topic
        .expect("windows", "{\"c\":5,\"s\":47}@19999")
        .expect(
            "lengths",
            "{\"ns\":[4,11]}@11000",
            "{\"ns\":[11,7]}@12000",
            "{\"ns\":[7,9]}@12500",
            "{\"ns\":[9,8]}@13000")
        .expect("matches", "{\"a\":4,\"b\":11}@11000")
        .check();
  }

  /** The watermark goes from 20000 to 24000, and on with the others. */
  private static void fallSilentAgain(SilentPartition topic) {
    topic.speakLast();
    topic.pass(SilentPartition.IDLE_TIMEOUT - 1);
    topic.check();
    topic.expect("lengths", "{\"ns\":[8,15]}@21000");
    topic.passLastMillisecond();

    topic.take(topic.row(0, 16, "b", 32_000), topic.row(1, 17, "a", 33_000));
    topic
        .expect("windows", "{\"c\":3,\"s\":42}@29999")
        .expect("lengths", "{\"ns\":[15,13]}@25000", "{\"ns\":[13,14]}@26000")
        .expect(
            "matches",
            "{\"a\":8,\"b\":14}@26000",
            "{\"a\":15,\"b\":14}@26000",
            "{\"a\":13,\"b\":14}@26000")
        .check();
  }

  private static void comeBackInTime(SilentPartition topic) {
    topic.take(topic.row(2, 18, "a", 31_500));
    topic.check();
    topic.take(topic.row(0, 20, "b", 41_000), topic.row(1, 21, "a", 42_000));
    topic.check();
    topic.take(topic.row(2, 19, "a", 41_000));
    topic
        .expect("windows", "{\"c\":3,\"s\":51}@39999")
        .expect(
            "lengths", "{\"ns\":[14,18]}@31500", "{\"ns\":[18,16]}@32000", "{\"ns\":[16,17]}@33000")
        .expect("matches", "{\"a\":18,\"b\":16}@32000")
        .check();
  }

  @Test
  void shouldListenAnewWhenRestarted() {
    try (SilentPartition topic = start("idle-partition-anew")) {
      speak(topic);
      topic.pass(SilentPartition.IDLE_TIMEOUT / 2);
      topic.restart();
      topic.pass(SilentPartition.IDLE_TIMEOUT - 1);
      topic.check();
      expectWithoutSilent(topic);
      topic.passUntilExpected();

      topic.restart();
      topic.take(topic.row(0, 13, "a", 25_000), topic.row(1, 14, "b", 26_000));
      topic.pass(SilentPartition.IDLE_TIMEOUT - 1);
      topic.check();
      topic
          .expect("windows", "{\"c\":3,\"s\":24}@19999")
          .expect("lengths", "{\"ns\":[4,7]}@12000", "{\"ns\":[7,9]}@12500", "{\"ns\":[9,8]}@13000")
          .expect("matches", "{\"a\":4,\"b\":7}@12000");
      topic.passUntilExpected();

      comeBackBehindTheOthers(topic);
    }
  }

  @Test
  void shouldFindTheSameRowsLateWhenTheyAreReadAgain() {
    try (SilentPartition topic = start("idle-partition-again")) {
      speak(topic);
      topic.speakLast();
      topic.pass(SilentPartition.IDLE_TIMEOUT - 1);
      expectWithoutSilent(topic);
      topic.passLastMillisecond();

      topic.take(comingBack(topic));
      expectOfComingBack(topic);
      topic.takeOver();
    }
  }

  private static void comeBackBehindTheOthers(SilentPartition topic) {
    String late = "{\"k\":\"a\",\"n\":10,\"LATE_BY\":15000}@9000";
    topic.take(topic.row(2, 10, "a", 9_000), topic.row(2, 11, "b", 24_000));
    topic.expect("windows-late", late).expect("lengths-late", late).expect("matches-late", late);
    topic.check();

    topic.restart();
    topic.take(topic.row(2, 12, "b", 30_000));
    topic.take(topic.row(0, 15, "a", 36_000), topic.row(1, 16, "b", 36_500));
    topic
        .expect(
            "lengths", "{\"ns\":[8,11]}@24000", "{\"ns\":[11,13]}@25000", "{\"ns\":[13,14]}@26000")
        .expect("matches", "{\"a\":8,\"b\":11}@24000", "{\"a\":13,\"b\":14}@26000")
        .check();
  }
}
