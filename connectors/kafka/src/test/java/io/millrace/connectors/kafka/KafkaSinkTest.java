package io.millrace.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.time.VirtualClock;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaSinkTest {
  private static final StreamFixture STREAM =
      StreamFixture.of(new Field("k", DataType.STRING), new Field("v", DataType.STRING))
          .withConnector(new KafkaConnector())
          .with("topic", "out")
          .keyedBy(0);

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

  private KafkaSink open(StreamFixture fixture, boolean showsRowKind) {
    StreamDefinition stream = fixture.definition();
    KafkaOptions options = KafkaOptions.of(stream, "job");
    return new KafkaSink(
        producer,
        KafkaErrors.ofStream(stream.name(), options),
        new RowEncoder(stream, "out", new BarFormat().encoder(stream, showsRowKind), showsRowKind),
        new VirtualClock());
  }

  private static Batch changes() {
    return new BatchFixture(STREAM.schema())
        .change(RowKind.INSERT, 10, "a", "1")
        .change(RowKind.UPDATE_BEFORE, 20, "a", "1")
        .change(RowKind.UPDATE_AFTER, 20, "a", "2")
        .change(RowKind.DELETE, -5, "a", "2")
        .batch();
  }

  /** Each record as {@code key=value@timestamp}. */
  private List<String> sent() {
    return producer.history().stream().map(KafkaSinkTest::describe).toList();
  }

  private static String describe(ProducerRecord<byte[], byte[]> record) {
    return text(record.key()) + "=" + text(record.value()) + "@" + record.timestamp();
  }

  private static String text(byte @Nullable [] bytes) {
    return bytes == null ? "null" : new String(bytes, UTF_8);
  }

  @Test
  void shouldSendUpsertsAndTombstonesWhenStreamIsATable() {
    open(STREAM.asTable(), false).write(changes());

    assertThat(sent()).containsExactly("a=a|1@10", "a=a|2@20", "a=null@0");
  }

  @Test
  void shouldSendEveryChangeWithItsKindWhenRowKindIsShown() {
    open(STREAM.asTable(), true).write(changes());

    assertThat(sent()).containsExactly("a=+I|a|1@10", "a=-U|a|1@20", "a=+U|a|2@20", "a=-D|a|2@0");
  }

  @Test
  void shouldSendDeletionAsValueWhenTableHasNoKey() {
    open(STREAM.asTable().keyedBy(), false)
        .write(new BatchFixture(STREAM.schema()).change(RowKind.DELETE, 1, "a", "1").batch());

    assertThat(sent()).containsExactly("null=-D|a|1@1");
  }

  @Test
  void shouldSendRowWithoutKeyWhenKeyOfStreamIsNull() {
    open(STREAM, false).write(new BatchFixture(STREAM.schema()).row(null, "1").batch());

    assertThat(sent()).containsExactly("null=~|1@0");
  }

  @Test
  void shouldRefuseRowWhenKeyOfTableIsNull() {
    KafkaSink sink = open(STREAM.asTable(), false);
    Batch batch = new BatchFixture(STREAM.schema()).row(null, "1").batch();

    assertThatThrownBy(() -> sink.write(batch))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith(
            "stream 'Test': a row of this table has NULL in its key column 'k'");
  }

  @Test
  void shouldNumberRowsWhenSequenceIsGiven() {
    open(STREAM.asTable(), false).write(changes(), 7);

    assertThat(producer.history())
        .extracting(record -> text(record.headers().lastHeader("millrace-seq").value()))
        .containsExactly("7", "9", "10");
  }

  @Test
  void shouldWriteNoHeaderWhenRowsAreNotNumbered() {
    open(STREAM, false).write(changes());

    assertThat(producer.history()).allMatch(record -> record.headers().toArray().length == 0);
  }

  @Test
  void shouldReportFailureWhenNextBatchIsWritten() {
    KafkaSink sink = open(STREAM, false);
    sink.write(changes());
    producer.errorNext(new RecordTooLargeException("The message is 2000000 bytes."));

    assertThatThrownBy(() -> sink.write(changes()))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "stream 'Test': cannot write to topic 'out': a record is too large (The message is"
                + " 2000000 bytes); raise 'kafka.max.request.size' and the topic's"
                + " 'max.message.bytes', or send less in a row");
    assertThat(producer.history()).hasSize(4);
  }

  @Test
  void shouldReportFailureWhenFlushed() {
    KafkaSink sink = open(STREAM, false);
    sink.write(changes());
    producer.errorNext(new RecordTooLargeException("big"));

    assertThatThrownBy(sink::flush).isInstanceOf(MillraceException.class);
  }

  @Test
  void shouldHaveSentEverythingWhenFlushReturns() {
    KafkaSink sink = open(STREAM, false);
    sink.write(changes());

    sink.flush();

    assertThat(producer.flushed()).isTrue();
  }

  @Test
  void shouldCloseOnceWhenClosedTwice() {
    KafkaSink sink = open(STREAM, false);

    sink.close();
    sink.close();

    assertThat(producer.closed()).isTrue();
  }
}
