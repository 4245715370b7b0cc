package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an outer join and a pattern report early and take back, in topics, in its order. */
@ExtendWith(KafkaBrokerExtension.class)
final class RetractionBrokerTest {
  /** Both sides come from one partition, so that it is known which row comes first. */
  private static final String SCRIPT =
      """
      SET 'commit.interval' = '10 MIN';

      CREATE STREAM S (kind STRING, k BIGINT, v BIGINT, ts BIGINT, WATERMARK FOR ts AS ts)
      WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}');
      CREATE STREAM A AS SELECT k, v FROM S WHERE kind = 'a';
      CREATE STREAM B AS SELECT k, v FROM S WHERE kind = 'b';

      CREATE STREAM J
      WITH (connector = 'kafka', topic = '${joined}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT a.k AS k, a.v AS a, b.v AS b FROM A a LEFT JOIN B b WITHIN 4 SEC ON a.k = b.k
      EMIT CHANGES WITH RETRACTIONS;

      CREATE STREAM P
      WITH (connector = 'kafka', topic = '${matched}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT k, a.v AS a FROM PATTERN (EVERY a = A -> NOT B FOR 4 SEC) PARTITION BY k
      EMIT CHANGES WITH RETRACTIONS;
      """;

  private final KafkaBroker broker;
  @TempDir private Path folder;

  RetractionBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldTakeBackInOrderWhatTurnsOutWrongAlsoBehindARestart() {
    TestTopic in = TestTopic.create(broker, "retractions-in", 1);
    TestTopic joined = TestTopic.create(broker, "retractions-joined", 1);
    TestTopic matched = TestTopic.create(broker, "retractions-matched", 1);
    in.send(
        event("a", 1, 10, 1_000),
        event("b", 1, 70, 2_000),
        event("a", 2, 20, 3_000),
        event("c", 0, 0, 3_001));
    run(in, joined, matched, 4);
    String[] joinedFirst = {
      joined("+I", 1, "10", "null", 1_000),
      joined("-D", 1, "10", "null", 2_000),
      joined("+I", 1, "10", "70", 2_000),
      joined("+I", 2, "20", "null", 3_000)
    };
    String[] matchedFirst = {
      matched("+I", 1, 10, 1_000), matched("-D", 1, 10, 2_000), matched("+I", 2, 20, 3_000)
    };
    assertThat(joined.readWhenDecided()).containsExactly(joinedFirst);
    assertThat(matched.readWhenDecided()).containsExactly(matchedFirst);

    in.send(
        event("b", 2, 80, 4_000),
        event("a", 3, 30, 5_000),
        event("c", 0, 0, 9_000), // the match is certain now, and the row of the join not yet
        event("b", 3, 90, 9_000),
        event("a", 1, 40, 20_000),
        event("c", 0, 0, 20_001));
    run(in, joined, matched, 10);

    assertThat(joined.readWhenDecided())
        .startsWith(joinedFirst)
        .endsWith(
            joined("-D", 2, "20", "null", 4_000),
            joined("+I", 2, "20", "80", 4_000),
            joined("+I", 3, "30", "null", 5_000),
            joined("-D", 3, "30", "null", 9_000),
            joined("+I", 3, "30", "90", 9_000),
            joined("+I", 1, "40", "null", 20_000))
        .hasSize(10);
    assertThat(matched.readWhenDecided())
        .startsWith(matchedFirst)
        .endsWith(
            matched("-D", 2, 20, 4_000), matched("+I", 3, 30, 5_000), matched("+I", 1, 40, 20_000))
        .hasSize(6);
  }

  private void run(TestTopic in, TestTopic joined, TestTopic matched, long records) {
    JobLife.run(
        folder,
        Deployment.of(SCRIPT)
            .named("retractions")
            .withVariable("in", in.name())
            .withVariable("joined", joined.name())
            .withVariable("matched", matched.name())
            .withVariable("broker", broker.bootstrapServers()),
        Map.of("S", new JobLife.Ends(in, new long[] {records})));
  }

  private static String event(String kind, int key, int value, long time) {
    return "{\"kind\":\"" + kind + "\",\"k\":" + key + ",\"v\":" + value + ",\"ts\":" + time + "}";
  }

  private static String joined(String kind, int key, String left, String right, long time) {
    return key
        + "={\"ROW_KIND\":\""
        + kind
        + "\",\"k\":"
        + key
        + ",\"a\":"
        + left
        + ",\"b\":"
        + right
        + "}@"
        + time;
  }

  private static String matched(String kind, int key, int value, long time) {
    return key + "={\"ROW_KIND\":\"" + kind + "\",\"k\":" + key + ",\"a\":" + value + "}@" + time;
  }
}
