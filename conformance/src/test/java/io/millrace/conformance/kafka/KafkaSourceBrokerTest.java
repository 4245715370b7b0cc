package io.millrace.conformance.kafka;

import static io.millrace.conformance.kafka.KafkaStream.pollUntil;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.RecordedRow;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.RejectedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaBrokerExtension.class)
final class KafkaSourceBrokerTest {
  private static final Field N = new Field("n", DataType.BIGINT);
  private static final Field ID = new Field("id", DataType.STRING);

  private final KafkaBroker broker;

  KafkaSourceBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  private static void sendNumbers(TestTopic topic, int partition, int from, int to) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      records.add(topic.record(partition, (long) i, null, "{\"n\":" + i + "}"));
    }
    topic.send(records);
  }

  private static List<List<@Nullable Object>> numbers(long from, long to) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long i = from; i < to; i++) {
      rows.add(Arrays.asList(i));
    }
    return rows;
  }

  @Test
  void shouldKeepOrderOfEachPartitionWhenThereAreSeveral() {
    TestTopic topic = TestTopic.create(broker, "source-order", 3);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    for (int partition = 0; partition < 3; partition++) {
      sendNumbers(topic, partition, 1000 * partition, 1000 * partition + 500);
    }

    try (Source source = stream.openSource()) {
      assertThat(source.partitions())
          .containsExactly("source-order-0", "source-order-1", "source-order-2");
      for (int partition = 2; partition >= 0; partition--) {
        RecordingRowWriter writer = stream.writer();
        pollUntil(source, partition, writer, 500);
        assertThat(writer.values()).isEqualTo(numbers(1000L * partition, 1000L * partition + 500));
        assertThat(source.position(partition)).isEqualTo("500");
        assertThat(source.poll(partition, writer, 100)).isEqualTo(PollStatus.IDLE);
      }
    }
  }

  @Test
  void shouldReadOnWhenAnotherPartitionIsLeftUnpolled() {
    TestTopic topic = TestTopic.create(broker, "source-pause", 2);
    KafkaStream stream =
        KafkaStream.of(broker, topic.name(), N)
            .with("buffer.size", "1k")
            .with("kafka.max.poll.records", "10");
    sendNumbers(topic, 0, 0, 2000);
    sendNumbers(topic, 1, 0, 2000);

    try (Source source = stream.openSource()) {
      RecordingRowWriter second = stream.writer();
      pollUntil(source, 1, second, 2000);
      RecordingRowWriter first = stream.writer();
      pollUntil(source, 0, first, 2000);

      assertThat(second.values()).isEqualTo(numbers(0, 2000));
      assertThat(first.values()).isEqualTo(numbers(0, 2000));
    }
  }

  @Test
  void shouldGoOnBehindPositionWhenSought() {
    TestTopic topic = TestTopic.create(broker, "source-seek", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    sendNumbers(topic, 0, 0, 300);
    String position;
    try (Source source = stream.openSource()) {
      RecordingRowWriter writer = stream.writer();
      pollUntil(source, 0, writer, 100);
      position = source.position(0);
      assertThat(writer.values()).isEqualTo(numbers(0, Long.parseLong(position)));
    }

    try (Source source = stream.openSource()) {
      source.seek(0, position);
      RecordingRowWriter writer = stream.writer();
      long left = 300 - Long.parseLong(position);
      pollUntil(source, 0, writer, (int) left);
      assertThat(writer.values()).isEqualTo(numbers(300 - left, 300));

      source.seek(0, "298");
      RecordingRowWriter again = stream.writer();
      pollUntil(source, 0, again, 2);
      assertThat(again.values()).isEqualTo(numbers(298, 300));
    }
  }

  @Test
  void shouldGoOnBehindCommittedOffsetWhenStreamIsOpenedAgain() {
    TestTopic topic = TestTopic.create(broker, "source-commit", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    sendNumbers(topic, 0, 0, 10);
    try (Source source = stream.openSource()) {
      pollUntil(source, 0, stream.writer(), 10);
      source.acknowledge(List.of("4"));
    }

    assertThat(topic.committed("job.Test", 0)).isEqualTo(Optional.of(4L));
    try (Source source = stream.openSource()) {
      RecordingRowWriter writer = stream.writer();
      pollUntil(source, 0, writer, 6);
      assertThat(writer.values()).isEqualTo(numbers(4, 10));
    }
  }

  @Test
  void shouldBeginAtStartAlwaysWhenStreamIsATable() {
    TestTopic topic = TestTopic.create(broker, "source-table", 1);
    KafkaStream table = KafkaStream.of(broker, topic.name(), ID, N).keyedBy(0).asTable();
    topic.send(
        List.of(
            topic.record(0, 10L, "a", "{\"n\":1}"),
            topic.record(0, 11L, "b", "{\"n\":2,\"id\":\"own\"}"),
            topic.record(0, 12L, "a", null)));
    try (Source source = table.openSource()) {
      pollUntil(source, 0, table.writer(), 3);
      source.acknowledge(List.of("3"));
    }

    try (Source source = table.openSource()) {
      RecordingRowWriter writer = table.writer();
      pollUntil(source, 0, writer, 3);
      assertThat(writer.rows())
          .containsExactly(
              new RecordedRow(List.of("a", 1L), false, "source-table-0@0", 10, List.of()),
              new RecordedRow(List.of("own", 2L), false, "source-table-0@1", 11, List.of()),
              new RecordedRow(Arrays.asList("a", null), true, "source-table-0@2", 12, List.of()));
    }
  }

  @Test
  void shouldBeginWhereToldWhenNothingIsCommitted() {
    TestTopic topic = TestTopic.create(broker, "source-start", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    sendNumbers(topic, 0, 0, 10);

    try (Source latest = stream.with("start", "latest").openSource();
        Source time = stream.with("start", "1970-01-01T00:00:00.007Z").openSource();
        Source future = stream.with("start", "2100-01-01T00:00:00Z").openSource()) {
      assertThat(latest.position(0)).isEqualTo("10");
      assertThat(time.position(0)).isEqualTo("7");
      assertThat(future.position(0)).isEqualTo("10");
      sendNumbers(topic, 0, 10, 12);
      RecordingRowWriter writer = stream.writer();
      pollUntil(latest, 0, writer, 2);
      assertThat(writer.values()).isEqualTo(numbers(10, 12));
    }
  }

  @Test
  void shouldGiveKeyPartitionOffsetAndHeadersWhenAsked() {
    TestTopic topic = TestTopic.create(broker, "source-metadata", 2);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    ProducerRecord<byte[], byte[]> record = topic.record(1, 1234L, "kéy", "{\"n\":1}");
    record.headers().add("trace", "x1".getBytes(UTF_8)).add("empty", null);
    topic.send(List.of(record, topic.record(1, 1235L, null, "{\"n\":2}")));

    try (Source source = stream.openSource()) {
      RecordingRowWriter writer = stream.writerWithMetadata();
      pollUntil(source, 1, writer, 2);

      assertThat(writer.rows().get(0).recordTime()).isEqualTo(1234);
      List<@Nullable Object> first = writer.rows().get(0).metadata();
      assertThat(first.subList(0, 3)).containsExactly("kéy", 1L, 0L);
      assertThat(String.valueOf(first.get(3))).isEqualTo("{trace=x1, empty=null}");
      assertThat(writer.rows().get(1).metadata()).containsExactly(null, 1L, 1L, Map.of());
    }
  }

  @Test
  void shouldFillKeyColumnsWhenRecordKeyIsJson() {
    TestTopic topic = TestTopic.create(broker, "source-json-key", 1);
    KafkaStream pair = KafkaStream.of(broker, topic.name(), ID, N).keyedBy(0, 1);
    topic.send(
        List.of(
            topic.record(0, 1L, "{\"id\":\"a\",\"n\":1}", "{}"),
            topic.record(0, 1L, "[]", "{}"),
            topic.record(0, 1L, "{\"id\":\"b\",\"n\":1}", "{\"n\":5}")));

    try (Source source = pair.openSource()) {
      RecordingRowWriter writer = pair.writer();
      pollUntil(source, 0, writer, 3);
      assertThat(writer.values()).containsExactly(List.of("a", 1L), List.of("b", 5L));
      assertThat(writer.rejected()).hasSize(1);
      assertThat(writer.rejected().get(0).origin()).isEqualTo("source-json-key-0@1");
      assertThat(writer.rejected().get(0).error()).startsWith("the record key: ");
    }
  }

  @Test
  void shouldReadBareValueWhenRecordKeyIsJsonOfOneColumn() {
    TestTopic topic = TestTopic.create(broker, "source-bare-key", 1);
    KafkaStream stream =
        KafkaStream.of(broker, topic.name(), ID, N).keyedBy(0).with("key.format", "json");
    topic.send(
        List.of(
            topic.record(0, 1L, "\"a\"", "{\"n\":1}"),
            topic.record(0, 1L, " {\"id\":\"b\"}", "{\"n\":2}")));

    try (Source source = stream.openSource()) {
      RecordingRowWriter writer = stream.writer();
      pollUntil(source, 0, writer, 2);
      assertThat(writer.values()).containsExactly(List.of("a", 1L), List.of("b", 2L));
    }
  }

  @Test
  void shouldCountAndRejectAndGoOnWhenRecordsAreEmptyOrBad() {
    TestTopic topic = TestTopic.create(broker, "source-bad", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    topic.send(
        List.of(
            topic.record(0, 1L, null, "{\"n\":1}"),
            topic.record(0, 1L, "k", null),
            topic.record(0, 1L, null, "no json"),
            topic.record(0, 1L, null, "{\"n\":2}")));

    try (Source source = stream.openSource()) {
      RecordingRowWriter writer = stream.writer();
      pollUntil(source, 0, writer, 4);

      assertThat(writer.values()).isEqualTo(numbers(1, 3));
      assertThat(writer.emptyRecords()).isEqualTo(1);
      assertThat(writer.rejected())
          .extracting(RejectedRecord::origin)
          .containsExactly("source-bad-0@2");
      assertThat(writer.rejected()).extracting(RejectedRecord::text).containsExactly("no json");
    }
  }

  @Test
  void shouldNotSeeRecordsWhenTheirTransactionWasAborted() {
    TestTopic topic = TestTopic.create(broker, "source-transactions", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "source"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      var aborted = producer.send(topic.record(0, 1L, null, "{\"n\":1}"));
      producer.flush();
      assertThat(aborted).isDone();
      producer.abortTransaction();
      producer.beginTransaction();
      var committed = producer.send(topic.record(0, 1L, null, "{\"n\":2}"));
      producer.commitTransaction();
      assertThat(committed).isDone();
    }

    try (Source source = stream.openSource()) {
      RecordingRowWriter writer = stream.writer();
      pollUntil(source, 0, writer, 1);
      assertThat(writer.values()).isEqualTo(numbers(2, 3));
    }
  }

  @Test
  void shouldReadAllTopicsWhenSeveralAreNamedOrMatch() {
    TestTopic first = TestTopic.create(broker, "several-a", 1);
    TestTopic second = TestTopic.create(broker, "several-b", 2);
    first.send("{\"n\":1}");
    second.send("{\"n\":2}");

    try (Source named = KafkaStream.of(broker, "several-b,several-a", N).openSource();
        Source matching = KafkaStream.of(broker, "/several-[a-z]/", N).openSource()) {
      assertThat(named.partitions()).containsExactly("several-b-0", "several-b-1", "several-a-0");
      assertThat(matching.partitions())
          .containsExactly("several-a-0", "several-b-0", "several-b-1");
      RecordingRowWriter writer = KafkaStream.of(broker, "x", N).writer();
      pollUntil(matching, 1, writer, 1);
      assertThat(writer.values()).isEqualTo(numbers(2, 3));
    }
  }

  @Test
  void shouldStopWhenRecordsWereDeletedBeforeTheyWereRead() {
    TestTopic topic = TestTopic.create(broker, "source-deleted", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    sendNumbers(topic, 0, 0, 10);
    topic.deleteBefore(5);

    try (Source source = stream.openSource()) {
      assertThat(source.position(0)).isEqualTo("5");
      source.seek(0, "2");
      assertThatThrownBy(() -> pollUntil(source, 0, stream.writer(), 1))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining(
              "the snapshot's position 2 in 'source-deleted-0' is before the first offset 5 that is"
                  + " still there");
    }
    try (Source source = stream.with("kafka.auto.offset.reset", "earliest").openSource()) {
      source.seek(0, "2");
      RecordingRowWriter writer = stream.writer();
      pollUntil(source, 0, writer, 5);
      assertThat(writer.values()).isEqualTo(numbers(5, 10));
    }
  }

  @Test
  void shouldReadRecordWhenItIsLargerThanBufferAndFetch() {
    TestTopic topic =
        TestTopic.create(broker, "source-large", 1, Map.of("max.message.bytes", "20000000"));
    KafkaStream stream = KafkaStream.of(broker, topic.name(), ID);
    String text = "x".repeat(10_000_000);
    KafkaStream out = stream.with("kafka.max.request.size", "20000000");
    try (var sink = out.openSink()) {
      sink.write(new BatchFixture(stream.schema()).row(text).batch());
      sink.flush();
    }

    try (Source source = stream.openSource()) {
      RecordingRowWriter writer = stream.writer();
      pollUntil(source, 0, writer, 1);
      assertThat(writer.values()).containsExactly(List.of(text));
    }
  }

  @Test
  void shouldReturnFromWaitingWhenNothingComes() {
    TestTopic topic = TestTopic.create(broker, "source-silent", 1);

    try (Source source = KafkaStream.of(broker, topic.name(), N).openSource()) {
      source.await(Duration.ofMillis(100));
      RecordingRowWriter writer = KafkaStream.of(broker, "x", N).writer();
      pollUntilSilent(source, 0, writer);
      assertThat(writer.values()).isEmpty();
    }
  }

  /** The wait that is interrupted is of a day, so the test ends only if that ends it. */
  @Test
  void shouldReturnFromWaitingWhenInterruptedWhileItWaits() throws InterruptedException {
    TestTopic topic = TestTopic.create(broker, "source-interrupted-wait", 2);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    try (Source source = stream.openSource()) {
      Thread waiting = new Thread(() -> source.await(Duration.ofDays(1)));
      waiting.start();
      while (waiting.getState() != Thread.State.RUNNABLE || !isInKafka(waiting)) {
        Thread.onSpinWait();
      }
      waiting.interrupt();
      waiting.join();
      sendNumbers(topic, 0, 0, 5);
      RecordingRowWriter writer = stream.writer();
      pollUntil(source, 0, writer, 5);
      assertThat(writer.values()).isEqualTo(numbers(0, 5));
    }
  }

  private static boolean isInKafka(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("org.apache.kafka.common.network"));
  }

  @Test
  void shouldNotCallPartitionSilentBeforeAllOfItWasRead() {
    TestTopic topic = TestTopic.create(broker, "source-backlog", 2);
    KafkaStream stream =
        KafkaStream.of(broker, topic.name(), N).with("kafka.max.poll.records", "10");
    sendNumbers(topic, 0, 0, 1000);

    try (Source source = stream.openSource()) {
      RecordingRowWriter writer = stream.writer();
      pollUntilSilent(source, 0, writer);
      assertThat(writer.values()).isEqualTo(numbers(0, 1000));
      pollUntilSilent(source, 1, writer);

      sendNumbers(topic, 1, 7, 8);
      pollUntil(source, 1, writer, 1001);
      assertThat(writer.values()).last().isEqualTo(List.of(7L));
    }
  }

  private static void pollUntilSilent(Source source, int partition, RecordingRowWriter writer) {
    long start = System.nanoTime();
    while (source.poll(partition, writer, 100) != PollStatus.IDLE) {
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofMinutes(5).toNanos());
      source.await(Duration.ofMillis(100));
    }
  }
}
