package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two topics of several partitions, whose rows have many equal times and little disorder, into a
 * query that takes rows in the order of their times, and one that takes them as they come: whatever
 * is polled when, and in how many tasks, the same rows come in the same order.
 */
@ExtendWith(KafkaBrokerExtension.class)
final class TopicOrderTest {
  private static final String SCRIPT =
      """
      SET 'commit.interval' = '10 MIN';

      CREATE STREAM Orders (k STRING, v BIGINT, ts BIGINT, WATERMARK FOR ts AS ts - 20 MS)
      WITH (connector = 'kafka', topic = 'order-orders', format = 'json', bootstrap.servers = '${broker}',
            'kafka.max.poll.records' = '${records}', 'buffer.size' = '1k');

      CREATE STREAM Returns (k STRING, v BIGINT, ts BIGINT, WATERMARK FOR ts AS ts - 20 MS)
      WITH (connector = 'kafka', topic = 'order-returns', format = 'json', bootstrap.servers = '${broker}',
            'kafka.max.poll.records' = '${records}', 'buffer.size' = '1k');

      CREATE STREAM Sums
      WITH (connector = 'kafka', topic = '${out}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT k, last(v) AS v, sum(v) AS s
      FROM (Orders UNION ALL Returns) WINDOW LENGTH (3) PARTITION BY k;

      CREATE STREAM Edges
      WITH (connector = 'kafka', topic = '${out}-edges', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT k, first(v) AS f, last(v) AS l
      FROM (Orders UNION ALL Returns) WINDOW TUMBLING (50 MS) GROUP BY k;
      """;
  private static final long SIZE = 50;
  private static final int ROWS = 150;
  private static final int DISORDER = 20;
  private static final long END = 1_000_000;

  private final KafkaBroker broker;
  private final Random random = new Random(11);
  private final List<Event> events = new ArrayList<>();
  @TempDir private Path folder;

  /** A row, and where it is. */
  private record Event(String key, long value, long time, int topic, int partition, int offset) {
    private ProducerRecord<byte[], byte[]> record(TestTopic in) {
      String text = "{\"k\":\"" + key + "\",\"v\":" + value + ",\"ts\":" + time + "}";
      return in.record(partition, null, null, text);
    }
  }

  TopicOrderTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldWriteSameRowsInSameOrderWhenPolledOtherwiseAndInTasks() {
    TestTopic orders = fill(0, "order-orders", 3);
    TestTopic returns = fill(1, "order-returns", 2);
    events.sort(
        Comparator.comparingLong(Event::time)
            .thenComparingInt(Event::topic)
            .thenComparingInt(Event::partition)
            .thenComparingInt(Event::offset));
    Written expected = new Written(sums(), edges());

    assertThat(expected.sums).hasSize(5 * ROWS);
    assertThat(expected.edges).hasSizeGreaterThan(ROWS / 3);
    assertThat(run(orders, returns, 1, 500)).isEqualTo(expected);
    assertThat(run(orders, returns, 4, 500)).isEqualTo(expected);
    assertThat(run(orders, returns, 1, 3)).isEqualTo(expected);
    assertThat(run(orders, returns, 4, 1)).isEqualTo(expected);
  }

  /** What is in the topics of the results. */
  private record Written(List<String> sums, List<String> edges) {}

  /** Rows that are less than the declared disorder behind, and one by which all others are due. */
  private TestTopic fill(int topic, String name, int partitions) {
    TestTopic in = TestTopic.create(broker, name, partitions);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      for (int row = 0; row < ROWS; row++) {
        long time = DISORDER + 10L * (row / 3) - 5L * random.nextInt(4);
        Event event =
            new Event("k" + random.nextInt(5), events.size(), time, topic, partition, row);
        events.add(event);
        records.add(event.record(in));
      }
      records.add(new Event("end", -1, END, topic, partition, ROWS).record(in));
    }
    in.send(records);
    return in;
  }

  private Written run(TestTopic orders, TestTopic returns, int tasks, int records) {
    String job = "order-" + tasks + "-" + records;
    TestTopic out = TestTopic.create(broker, job, 1);
    TestTopic edges = TestTopic.create(broker, job + "-edges", 1);
    JobLife.run(
        folder,
        Deployment.of(SCRIPT)
            .named(job)
            .withSetting("parallelism", String.valueOf(tasks))
            .withVariable("records", String.valueOf(records))
            .withVariable("out", out.name())
            .withVariable("broker", broker.bootstrapServers()),
        Map.of(
            "Orders",
            new JobLife.Ends(orders, new long[] {ROWS + 1, ROWS + 1, ROWS + 1}),
            "Returns",
            new JobLife.Ends(returns, new long[] {ROWS + 1, ROWS + 1})));
    return new Written(out.readWhenDecided(), edges.readWhenDecided());
  }

  /** The sums of the last three of each key, by time, stream, partition and offset. */
  private List<String> sums() {
    Map<String, Deque<Long>> windows = new HashMap<>();
    List<String> sums = new ArrayList<>();
    for (Event event : events) {
      Deque<Long> window = windows.computeIfAbsent(event.key(), k -> new ArrayDeque<>());
      window.add(event.value());
      if (window.size() > 3) {
        window.remove();
      }
      long sum = window.stream().mapToLong(Long::longValue).sum();
      sums.add(row(event.key(), "v", event.value(), "s", sum, event.time()));
    }
    return sums;
  }

  /** The first and the last of each key in each window, by the first of them. */
  private List<String> edges() {
    Map<Long, Map<String, List<Long>>> windows = new TreeMap<>();
    for (Event event : events) {
      windows
          .computeIfAbsent(event.time() / SIZE, w -> new LinkedHashMap<>())
          .computeIfAbsent(event.key(), k -> new ArrayList<>())
          .add(event.value());
    }
    List<String> edges = new ArrayList<>();
    windows.forEach(
        (window, groups) ->
            groups.forEach(
                (key, values) ->
                    edges.add(
                        row(
                            key,
                            "f",
                            values.get(0),
                            "l",
                            values.get(values.size() - 1),
                            (window + 1) * SIZE - 1))));
    return edges;
  }

  private static String row(
      String key, String first, long firstValue, String second, long secondValue, long time) {
    return key
        + "={\"k\":\""
        + key
        + "\",\""
        + first
        + "\":"
        + firstValue
        + ",\""
        + second
        + "\":"
        + secondValue
        + "}@"
        + time;
  }
}
