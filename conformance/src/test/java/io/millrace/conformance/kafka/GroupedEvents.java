package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Random events in the partitions of a topic, in disorder, of groups that are in all partitions,
 * and what queries that group by these must give: running sums, tumbling windows, and windows of
 * how many of those had how many rows.
 */
final class GroupedEvents {
  /**
   * From a topic {@code ${in}} to topics {@code ${sums}}, {@code ${windows}} and {@code ${sizes}}.
   */
  static final String QUERIES =
      """
      CREATE STREAM Events (k STRING KEY, g STRING, v BIGINT, ts BIGINT, TIMESTAMP BY ts)
      WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}', start = 'earliest');

      CREATE STREAM Sums
      WITH (connector = 'kafka', topic = '${sums}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT g, count(*) AS n, sum(v) AS s FROM Events WHERE v >= 10 GROUP BY g;

      CREATE STREAM Windows
      WITH (connector = 'kafka', topic = '${windows}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT g, count(*) AS n, sum(v) AS s FROM Events WINDOW TUMBLING (100 MS) GROUP BY g;

      CREATE STREAM Sizes
      WITH (connector = 'kafka', topic = '${sizes}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT n, count(*) AS c, sum(s) AS s FROM Windows WINDOW TUMBLING (400 MS) GROUP BY n;
      """;

  /** The variables of the topics that they write. */
  static final List<String> OUTPUTS = List.of("sums", "windows", "sizes");

  private static final int KEYS = 9;
  private static final int GROUPS = 5;
  private static final int WINDOW = 100;
  private static final int LARGE_WINDOW = 400;
  private static final int DISORDER = 120;

  private final Random random;
  private final int partitions;
  private final long slack;
  private final List<Event> events = new ArrayList<>();

  record Event(String key, String group, long value, long time, int partition) {
    private ProducerRecord<byte[], byte[]> record(TestTopic topic) {
      String text = "{\"g\":\"" + group + "\",\"v\":" + value + ",\"ts\":" + time + "}";
      return topic.record(partition, null, key, text);
    }
  }

  /** Events in all partitions of a topic, whose watermarks are their greatest times. */
  GroupedEvents(Random random, int partitions) {
    this(random, partitions, 0);
  }

  /**
   * Events whose disorder is declared.
   *
   * @param partitions how many partitions have any, from the first on
   * @param slack how far watermarks are behind the greatest times
   */
  GroupedEvents(Random random, int partitions, long slack) {
    this.random = random;
    this.partitions = partitions;
    this.slack = slack;
  }

  /** The queries, in processes that are taken for dead after a time without a sign of life. */
  static String queries(long sessionMillis) {
    return QUERIES.replace(
        "start = 'earliest'",
        "start = 'earliest', 'kafka.session.timeout.ms' = '" + sessionMillis + "'");
  }

  /** Sends more of them. */
  void send(TestTopic in, int count) {
    List<Event> more = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(KEYS);
      more.add(
          new Event(
              "k" + key,
              "g" + random.nextInt(GROUPS),
              random.nextInt(1_000),
              DISORDER + 5L * (events.size() + i) - random.nextInt(DISORDER),
              key % partitions));
    }
    send(in, more);
  }

  /** Sends one event to each partition, at a time that closes all windows before. */
  void sendLast(TestTopic in) {
    List<Event> more = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      more.add(new Event("k" + partition, "last", 10, 1_000_000, partition));
    }
    send(in, more);
  }

  private void send(TestTopic in, List<Event> more) {
    events.addAll(more);
    in.send(more.stream().map(event -> event.record(in)).toList());
  }

  List<Event> all() {
    return List.copyOf(events);
  }

  /** How many records the sums have. */
  long sums() {
    return events.stream().filter(event -> event.value >= 10).count();
  }

  /** Whether all that comes of the events is in the topics of the outputs, or more. */
  boolean areAllIn(Function<String, TestTopic> topics) {
    return topics.apply("sums").readCommitted().size() >= sums()
        && topics.apply("windows").readCommitted().size() >= expectedWindows().size()
        && topics.apply("sizes").readCommitted().size() >= expectedSizes().size();
  }

  /** Compares the topics of the outputs with what must be in them. */
  void assertResults(Function<String, TestTopic> topics, String description) {
    assertThat(lastByGroup(topics.apply("sums").readWhenDecided()))
        .as(description)
        .isEqualTo(expectedTotals());
    assertThat(topics.apply("windows").readWhenDecided())
        .as(description)
        .containsExactlyInAnyOrderElementsOf(expectedWindows());
    assertThat(topics.apply("sizes").readWhenDecided())
        .as(description)
        .containsExactlyInAnyOrderElementsOf(expectedSizes());
  }

  /** The sum of the first events. */
  long sumOf(int count) {
    return events.stream().limit(count).mapToLong(Event::value).sum();
  }

  /** By group, how many rows it has, and their sum. */
  private Map<String, String> expectedTotals() {
    Map<String, long[]> totals = new TreeMap<>();
    for (Event event : events) {
      if (event.value >= 10) {
        long[] total = totals.computeIfAbsent(event.group, g -> new long[2]);
        total[0]++;
        total[1] += event.value;
      }
    }
    Map<String, String> expected = new TreeMap<>();
    totals.forEach(
        (group, total) ->
            expected.put(
                group, "{\"g\":\"" + group + "\",\"n\":" + total[0] + ",\"s\":" + total[1] + "}"));
    return expected;
  }

  /** The windows that all partitions have passed: start, group, count and sum. */
  private Map<Long, Map<String, long[]>> windows() {
    long[] watermarks = new long[partitions];
    Arrays.fill(watermarks, Long.MIN_VALUE);
    Map<Long, Map<String, long[]>> windows = new TreeMap<>();
    for (Event event : events) {
      long start = event.time / WINDOW * WINDOW;
      if (start + WINDOW > watermarks[event.partition]) {
        long[] window =
            windows
                .computeIfAbsent(start, s -> new TreeMap<>())
                .computeIfAbsent(event.group, g -> new long[2]);
        window[0]++;
        window[1] += event.value;
      }
      watermarks[event.partition] = Math.max(watermarks[event.partition], event.time - slack);
    }
    long reached = Arrays.stream(watermarks).min().orElseThrow();
    windows.keySet().removeIf(start -> start + WINDOW > reached);
    return windows;
  }

  /** The records of the windows, once {@link #sendLast} was called. */
  private List<String> expectedWindows() {
    List<String> expected = new ArrayList<>();
    windows()
        .forEach(
            (start, groups) ->
                groups.forEach(
                    (group, window) ->
                        expected.add(
                            text(group, "g", '"' + group + '"', "n", window, start + WINDOW - 1))));
    return expected;
  }

  /** The records of the sizes of the windows, once {@link #sendLast} was called. */
  private List<String> expectedSizes() {
    Map<Long, Map<Long, long[]>> sizes = new TreeMap<>();
    windows()
        .forEach(
            (start, groups) ->
                groups.forEach(
                    (group, window) -> {
                      long end = start + WINDOW - 1;
                      long[] size =
                          sizes
                              .computeIfAbsent(end / LARGE_WINDOW, s -> new TreeMap<>())
                              .computeIfAbsent(window[0], n -> new long[2]);
                      size[0]++;
                      size[1] += window[1];
                    }));
    List<String> expected = new ArrayList<>();
    sizes.forEach(
        (number, byCount) ->
            byCount.forEach(
                (count, size) ->
                    expected.add(
                        text(
                            String.valueOf(count),
                            "n",
                            String.valueOf(count),
                            "c",
                            size,
                            (number + 1) * LARGE_WINDOW - 1))));
    return expected;
  }

  /** A record of a window, as {@link TestTopic} reads it. */
  private static String text(
      String key, String name, String group, String count, long[] window, long time) {
    return key + "={\"" + name + "\":" + group + ",\"" + count + "\":" + window[0] + ",\"s\":"
        + window[1] + "}@" + time;
  }

  /** The last record of each group, of sums that come in the order of their counts. */
  private static Map<String, String> lastByGroup(List<String> sums) {
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, String> last = new TreeMap<>();
    for (String record : sums) {
      String value = record.substring(record.indexOf('=') + 1, record.indexOf('@'));
      String group = value.split("\"")[3];
      int count = Integer.parseInt(value.replaceAll(".*\"n\":(\\d+).*", "$1"));
      int expected = counts.merge(group, 1, Integer::sum);
      if (count != expected) {
        throw new AssertionError(record + " is number " + expected + " of its group");
      }
      last.put(group, value);
    }
    return last;
  }
}
