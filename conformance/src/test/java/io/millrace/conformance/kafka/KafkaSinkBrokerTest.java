package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.Source;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.RecordedRow;
import io.millrace.testkit.connector.RecordingRowWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaBrokerExtension.class)
final class KafkaSinkBrokerTest {
  private static final Field ID = new Field("id", DataType.STRING);
  private static final Field N = new Field("n", DataType.BIGINT);

  private final KafkaBroker broker;

  KafkaSinkBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  private static void write(KafkaStream stream, Batch batch) {
    try (Sink sink = stream.openSink()) {
      sink.write(batch);
      sink.flush();
    }
  }

  @Test
  void shouldHaveWrittenKeysValuesAndTimesWhenFlushed() {
    TestTopic topic = TestTopic.create(broker, "sink-rows", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), ID, N).keyedBy(0);
    BatchFixture batch =
        new BatchFixture(stream.schema())
            .change(RowKind.INSERT, 1000, "a", 1L)
            .change(RowKind.INSERT, 2000, null, 2L);

    try (Sink sink = stream.openSink()) {
      sink.write(batch.batch());
      sink.flush();
      assertThat(topic.readTexts())
          .containsExactly("a={\"id\":\"a\",\"n\":1}@1000", "null={\"id\":null,\"n\":2}@2000");
    }
  }

  @Test
  void shouldKeepOrderWhenManyBatchesAreWritten() {
    TestTopic topic = TestTopic.create(broker, "sink-many", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    List<String> expected = new ArrayList<>();
    try (Sink sink = stream.openSink()) {
      for (long i = 0; i < 5000; i += 100) {
        BatchFixture batch = new BatchFixture(stream.schema());
        for (long n = i; n < i + 100; n++) {
          batch.change(RowKind.INSERT, n, n);
          expected.add("null={\"n\":" + n + "}@" + n);
        }
        sink.write(batch.batch());
      }
      sink.flush();
    }

    assertThat(topic.readTexts()).isEqualTo(expected);
  }

  @Test
  void shouldReadBackSameTableWhenItWasWritten() {
    KafkaStream table =
        KafkaStream.of(broker, "sink-table", ID, N)
            .keyedBy(0)
            .asTable()
            .with("topic.create", "true")
            .with("topic.partitions", "1");
    write(
        table,
        new BatchFixture(table.schema())
            .change(RowKind.INSERT, 1, "a", 1L)
            .change(RowKind.INSERT, 2, "b", 1L)
            .change(RowKind.UPDATE_BEFORE, 3, "a", 1L)
            .change(RowKind.UPDATE_AFTER, 3, "a", 2L)
            .change(RowKind.DELETE, 4, "b", 1L)
            .batch());

    try (Source source = table.openSource()) {
      RecordingRowWriter writer = table.writer();
      KafkaStream.pollUntil(source, 0, writer, 4);
      assertThat(writer.rows())
          .containsExactly(
              new RecordedRow(List.of("a", 1L), false, "sink-table-0@0", 1, List.of()),
              new RecordedRow(List.of("b", 1L), false, "sink-table-0@1", 2, List.of()),
              new RecordedRow(List.of("a", 2L), false, "sink-table-0@2", 3, List.of()),
              new RecordedRow(Arrays.asList("b", null), true, "sink-table-0@3", 4, List.of()));
    }
  }

  @Test
  void shouldCompactTopicWhenItIsCreatedForATable()
      throws ExecutionException, InterruptedException {
    KafkaStream table =
        KafkaStream.of(broker, "sink-created", ID, N)
            .keyedBy(0)
            .asTable()
            .with("topic.create", "true")
            .with("topic.partitions", "3");
    table.openSink().close();
    table.openSink().close();

    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        Source source = table.openSource()) {
      assertThat(source.partitions()).hasSize(3);
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, "sink-created");
      assertThat(
              admin
                  .describeConfigs(List.of(resource))
                  .all()
                  .get()
                  .values()
                  .iterator()
                  .next()
                  .get("cleanup.policy")
                  .value())
          .isEqualTo("compact");
    }
  }

  @Test
  void shouldWriteJsonKeyWhenThereAreSeveralKeyColumns() {
    TestTopic topic = TestTopic.create(broker, "sink-json-key", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), ID, N).keyedBy(1, 0);

    write(stream, new BatchFixture(stream.schema()).row("a", 1L).batch());

    assertThat(topic.readTexts())
        .containsExactly("{\"n\":1,\"id\":\"a\"}={\"id\":\"a\",\"n\":1}@0");
  }

  @Test
  void shouldSayWhatToDoWhenRecordIsTooLarge() {
    TestTopic topic = TestTopic.create(broker, "sink-large", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), ID);
    Batch batch = new BatchFixture(stream.schema()).row("x".repeat(2_000_000)).batch();

    assertThatThrownBy(() -> write(stream, batch))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith(
            "stream 'Test': cannot write to topic 'sink-large': a record is too large (")
        .hasMessageContaining("raise 'kafka.max.request.size' and the topic's 'max.message.bytes'");
    assertThatThrownBy(() -> write(stream.with("kafka.max.request.size", "4000000"), batch))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("a record is too large");
    assertThat(topic.readTexts()).isEmpty();
  }

  @Test
  void shouldSayWhatBrokerRefusesWhenTimestampIsInTheFuture() {
    TestTopic topic = TestTopic.create(broker, "sink-future", 1);
    KafkaStream stream = KafkaStream.of(broker, topic.name(), N);
    Batch batch =
        new BatchFixture(stream.schema()).change(RowKind.INSERT, 99_999_999_999_999L, 1L).batch();

    assertThatThrownBy(() -> write(stream, batch))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the broker refuses the time of a record");
  }
}
