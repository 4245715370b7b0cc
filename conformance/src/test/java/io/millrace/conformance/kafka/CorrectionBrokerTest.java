package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.spi.connector.Source;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.RecordedRow;
import io.millrace.testkit.connector.RecordingRowWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A table over windows that late rows correct, in a compacted topic: corrections by key. */
@ExtendWith(KafkaBrokerExtension.class)
final class CorrectionBrokerTest {
  private static final String SCRIPT =
      """
      SET 'commit.interval' = '10 MIN';

      CREATE STREAM Orders (item STRING, units BIGINT, ts BIGINT, TIMESTAMP BY ts)
      WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}');

      CREATE TABLE Minutes
      WITH (connector = 'kafka', topic = '${out}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT item, WINDOW_START AS minute, sum(units) AS units
      FROM Orders WINDOW TUMBLING (1 MIN, GRACE PERIOD 1 MIN)
      GROUP BY item HAVING sum(units) > 0
      EMIT ON CLOSE;
      """;
  private static final List<Field> COLUMNS =
      List.of(
          new Field("item", DataType.STRING),
          new Field("minute", DataType.STRING),
          new Field("units", DataType.BIGINT));
  private static final String FIRST = "1970-01-01T00:00:00Z";
  private static final String SECOND = "1970-01-01T00:01:00Z";

  private final KafkaBroker broker;
  @TempDir private Path folder;

  CorrectionBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldCorrectByKeyWhenLateRowsComeWithinGraceBehindARestart() {
    TestTopic in = TestTopic.create(broker, "corrections-in", 1);
    TestTopic out =
        TestTopic.create(broker, "corrections-out", 1, Map.of("cleanup.policy", "compact"));
    List<String> closed =
        List.of(
            record("pen", FIRST, 2, 59_999),
            record("ink", FIRST, 5, 59_999),
            record("cap", FIRST, 1, 59_999));
    in.send(
        order("pen", 2, 10_000),
        order("ink", 5, 20_000),
        order("cap", 1, 30_000),
        order("pen", 1, 60_000));
    run(in, out, 4);
    assertThat(out.readWhenDecided()).isEqualTo(closed);

    in.send(
        order("pen", 4, 35_000),
        order("cap", -1, 40_000),
        order("ink", -5, 40_000),
        order("ink", 3, 45_000),
        order("ink", 7, 119_999),
        order("pen", 1, 120_000),
        order("pen", 8, 59_000),
        order("cap", 8, 0),
        order("pen", 1, 61_000));
    run(in, out, 13);

    assertThat(out.readWhenDecided()).startsWith(closed.toArray(String[]::new));
    assertThat(out.readWhenDecided().subList(3, out.readWhenDecided().size()))
        .containsExactly(
            record("pen", FIRST, 6, 59_999),
            key("cap", FIRST) + "=null@59999",
            key("ink", FIRST) + "=null@59999",
            record("ink", FIRST, 3, 59_999),
            record("pen", SECOND, 1, 119_999),
            record("ink", SECOND, 7, 119_999),
            record("pen", SECOND, 2, 119_999));
    assertThat(readAsTable(out, 10))
        .containsOnly(
            Map.entry(List.of("pen", FIRST), 6L),
            Map.entry(List.of("ink", FIRST), 3L),
            Map.entry(List.of("pen", SECOND), 2L),
            Map.entry(List.of("ink", SECOND), 7L));
  }

  private void run(TestTopic in, TestTopic out, long records) {
    JobLife.run(
        folder,
        Deployment.of(SCRIPT)
            .named("corrections")
            .withVariable("in", in.name())
            .withVariable("out", out.name())
            .withVariable("broker", broker.bootstrapServers()),
        Map.of("Orders", new JobLife.Ends(in, new long[] {records})));
  }

  /** The units by item and minute that whoever reads the topic as a table has. */
  private Map<List<@Nullable Object>, @Nullable Object> readAsTable(TestTopic topic, int records) {
    KafkaStream table =
        KafkaStream.of(broker, topic.name(), COLUMNS.toArray(Field[]::new)).keyedBy(0, 1).asTable();
    RecordingRowWriter writer = table.writer();
    try (Source source = table.openSource()) {
      KafkaStream.pollUntil(source, 0, writer, records);
    }
    assertThat(writer.rows()).hasSize(records);
    Map<List<@Nullable Object>, @Nullable Object> units = new LinkedHashMap<>();
    for (RecordedRow row : writer.rows()) {
      List<@Nullable Object> key = row.values().subList(0, 2);
      if (row.deletion()) {
        assertThat(units).containsKey(key);
        units.remove(key);
      } else {
        units.put(key, row.values().get(2));
      }
    }
    return units;
  }

  private static String order(String item, int units, long time) {
    return "{\"item\":\"" + item + "\",\"units\":" + units + ",\"ts\":" + time + "}";
  }

  private static String key(String item, String minute) {
    return "{\"item\":\"" + item + "\",\"minute\":\"" + minute + "\"}";
  }

  private static String record(String item, String minute, int units, long time) {
    return key(item, minute)
        + "={\"item\":\""
        + item
        + "\",\"minute\":\""
        + minute
        + "\",\"units\":"
        + units
        + "}@"
        + time;
  }
}
