package io.millrace.conformance.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Random events by key in a topic of two partitions, or of more, and what queries over all of them
 * must give: a sum and a count by key after each event, and tumbling windows.
 */
final class KeyedEvents {
  static final int PARTITIONS = 2;

  /** The queries, from a topic {@code ${in}} to topics {@code ${sums}} and {@code ${windows}}. */
  static final String QUERIES =
      """
      CREATE STREAM Events (k STRING KEY, v BIGINT, ts BIGINT, TIMESTAMP BY ts)
      WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}', start = 'earliest');

      CREATE STREAM Sums
      WITH (connector = 'kafka', topic = '${sums}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT k, count(*) AS n, sum(v) AS s FROM Events GROUP BY k;

      CREATE STREAM Windows
      WITH (connector = 'kafka', topic = '${windows}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT k, count(*) AS n, max(v) AS m FROM Events WINDOW TUMBLING (100 MS) GROUP BY k;
      """;

  private static final int KEYS = 6;
  private static final int WINDOW = 100;

  private final Random random;
  private final int partitions;
  private final List<Event> events = new ArrayList<>();

  /** An event. */
  record Event(String key, long value, long time, int partition) {
    private ProducerRecord<byte[], byte[]> record(TestTopic topic) {
      return topic.record(
          partition, null, key, "{\"k\":\"" + key + "\",\"v\":" + value + ",\"ts\":" + time + "}");
    }
  }

  /** The queries, in processes that are taken for dead after a time without a sign of life. */
  static String queries(Duration session) {
    return QUERIES.replace(
        "start = 'earliest'",
        "start = 'earliest', 'kafka.session.timeout.ms' = '" + session.toMillis() + "'");
  }

  KeyedEvents(Random random) {
    this(random, PARTITIONS);
  }

  KeyedEvents(Random random, int partitions) {
    this.random = random;
    this.partitions = partitions;
  }

  /** Sends more of them. */
  void send(TestTopic in, int count) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(KEYS);
      Event event =
          new Event("k" + key, random.nextInt(1_000), 5L * events.size(), key % partitions);
      events.add(event);
      records.add(event.record(in));
    }
    in.send(records);
  }

  List<Event> all() {
    return events;
  }

  /** The records of the sums, by key and in order, as {@link TestTopic} reads them. */
  Map<String, List<String>> expectedSums() {
    Map<String, Long> sums = new TreeMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, List<String>> expected = new TreeMap<>();
    for (Event event : events) {
      long sum = sums.merge(event.key(), event.value(), Long::sum);
      int count = counts.merge(event.key(), 1, Integer::sum);
      String value = "{\"k\":\"" + event.key() + "\",\"n\":" + count + ",\"s\":" + sum + "}";
      expected
          .computeIfAbsent(event.key(), k -> new ArrayList<>())
          .add(event.key() + "=" + value + "@" + event.time());
    }
    return expected;
  }

  /** The records of the windows that all partitions have passed. */
  List<String> expectedWindows() {
    long[] last = lastTimes();
    Arrays.fill(last, Arrays.stream(last).min().orElseThrow());
    return expectedWindows(last);
  }

  /** The records of the windows that the partitions of their keys have passed. */
  List<String> expectedWindowsOfPartitions() {
    return expectedWindows(lastTimes());
  }

  private long[] lastTimes() {
    long[] last = new long[partitions];
    for (Event event : events) {
      last[event.partition()] = event.time();
    }
    return last;
  }

  private List<String> expectedWindows(long[] watermarks) {
    Map<Long, Map<String, List<Event>>> windows = new TreeMap<>();
    for (Event event : events) {
      windows
          .computeIfAbsent(event.time() / WINDOW * WINDOW, w -> new TreeMap<>())
          .computeIfAbsent(event.key(), k -> new ArrayList<>())
          .add(event);
    }
    List<String> expected = new ArrayList<>();
    windows.forEach(
        (start, groups) ->
            groups.forEach(
                (key, group) -> {
                  if (start + WINDOW <= watermarks[group.get(0).partition()]) {
                    expected.add(window(key, group, start + WINDOW - 1));
                  }
                }));
    return expected;
  }

  private static String window(String key, List<Event> group, long time) {
    long greatest = group.stream().mapToLong(Event::value).max().orElseThrow();
    return key
        + "={\"k\":\""
        + key
        + "\",\"n\":"
        + group.size()
        + ",\"m\":"
        + greatest
        + "}@"
        + time;
  }

  /** Records by their keys. */
  static Map<String, List<String>> byKey(List<String> texts) {
    Map<String, List<String>> byKey = new TreeMap<>();
    for (String text : texts) {
      byKey.computeIfAbsent(text.substring(0, text.indexOf('=')), k -> new ArrayList<>()).add(text);
    }
    return byKey;
  }
}
