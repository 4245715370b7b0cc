package io.millrace.connectors.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.Exchange;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.time.VirtualClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Partition 1 of an internal topic, to which parts 0 and 1 send. */
class KafkaExchangeSourceTest {
  private static final TopicPartition PARTITION = new TopicPartition("job.millrace-exchange-x", 1);
  private static final StreamFixture STREAM =
      StreamFixture.of(new Field("v", DataType.STRING), new Field("k", DataType.STRING))
          .withConnector(new KafkaConnector())
          .with("topic", "out");

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final RecordingRowWriter writer = RecordingRowWriter.of(STREAM.schema());

  private KafkaExchangeSource open(StreamFixture fixture) {
    return open(fixture, 0);
  }

  /**
   * @param first the first offset that is still there
   */
  private KafkaExchangeSource open(StreamFixture fixture, long first) {
    JobPart part = new JobPart(1, 2, fixture.definition());
    KafkaOptions options =
        KafkaOptions.ofExchange(
            new Exchange("exchange-x", fixture.definition()), "job", Optional.of(part));
    KafkaErrors errors = KafkaErrors.ofJob("job", options);
    consumer.assign(List.of(PARTITION));
    consumer.updateBeginningOffsets(Map.of(PARTITION, first));
    consumer.updateEndOffsets(Map.of(PARTITION, 100L));
    return new KafkaExchangeSource(
        consumer,
        PARTITION,
        part,
        options,
        errors,
        new BarFormat().decoder(fixture.definition()),
        new ExchangePurge(
            new PurgeClients(
                settings -> {
                  throw new AssertionError("nothing is to be deleted");
                }),
            Map.of(),
            PARTITION,
            errors,
            new VirtualClock()));
  }

  private void add(long offset, String sender, String value) {
    byte[] key = sender.getBytes(US_ASCII);
    byte[] bytes = value.getBytes(UTF_8);
    consumer.addRecord(
        new ConsumerRecord<>(
            PARTITION.topic(),
            PARTITION.partition(),
            offset,
            1000,
            TimestampType.CREATE_TIME,
            key.length,
            bytes.length,
            key,
            bytes,
            new RecordHeaders(),
            Optional.empty()));
  }

  private List<Object> polled(KafkaExchangeSource source, int sender, int most) {
    writer.clear();
    source.poll(sender, writer, most);
    return writer.values().stream().map(values -> (Object) values.get(0)).toList();
  }

  @Test
  void shouldTellApartWhatPartsHaveSent() {
    KafkaExchangeSource source = open(STREAM);
    assertThat(source.partitions())
        .containsExactly("job.millrace-exchange-x-1/0", "job.millrace-exchange-x-1/1");
    assertThat(source.position(0)).isEqualTo("0");
    add(0, "1", "a");
    add(1, "0", "b");
    add(2, "1", "c");

    assertThat(polled(source, 0, 10)).containsExactly("b");
    assertThat(polled(source, 1, 1)).containsExactly("a");
    assertThat(source.position(1)).isEqualTo("1");
    assertThat(polled(source, 1, 10)).containsExactly("c");
    assertThat(source.poll(1, writer, 10)).isEqualTo(PollStatus.IDLE);
  }

  /** So that what all have read can be deleted, though some send nothing for long. */
  @Test
  void shouldBeBehindAllThatWasFetchedWhereNothingIsLeft() {
    KafkaExchangeSource source = open(STREAM);
    source.position(0);
    add(0, "1", "a");
    add(1, "1", "b");
    polled(source, 1, 1);

    assertThat(source.position(0)).isEqualTo("2");
    assertThat(source.position(1)).isEqualTo("1");
    add(2, "0", "c");
    polled(source, 0, 0);
    polled(source, 0, 0);
    assertThat(source.position(0)).isEqualTo("2");
  }

  @Test
  void shouldGoOnBehindThePositionOfEach() {
    KafkaExchangeSource source = open(STREAM);
    source.seek(0, "5");
    source.seek(1, "7");
    assertThat(source.position(0)).isEqualTo("5");
    assertThat(source.position(1)).isEqualTo("7");
    add(5, "1", "taken before");
    add(6, "0", "a");
    add(7, "1", "b");

    assertThat(polled(source, 1, 10)).containsExactly("b");
    assertThat(polled(source, 0, 10)).containsExactly("a");
  }

  @Test
  void shouldStopReadingWhenSomethingIsMissing() {
    KafkaExchangeSource source = open(STREAM, 6);
    source.seek(0, "5");
    source.seek(1, "7");

    assertThatThrownBy(() -> source.position(0))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(
            "the snapshot's position 5 in internal topic 'job.millrace-exchange-x-1' is not in [6,"
                + " 100], which is there: rows are missing");
  }

  @Test
  void shouldNotTakeRowsOfAnEarlierJobOfTheName() {
    KafkaExchangeSource source = open(STREAM);
    consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(3)));

    assertThatThrownBy(() -> source.position(0))
        .hasMessageContaining("has been read by a job of this name, whose state is not there");
  }

  @Test
  void shouldStopWhereARecordCannotBeRead() {
    KafkaExchangeSource source = open(STREAM);
    source.position(0);
    add(0, "0", "!");

    assertThatThrownBy(() -> source.poll(0, writer, 10))
        .hasMessageContaining(
            "record 'job.millrace-exchange-x-1@0' of its internal topic cannot be read: ");
  }

  @Test
  void shouldStopWhereARecordIsOfNoPart() {
    KafkaExchangeSource source = open(STREAM);
    source.position(0);
    add(0, "2", "a");

    assertThatThrownBy(() -> source.poll(0, writer, 10))
        .hasMessageContaining("'2' is none of the job's partitions");
  }

  @Test
  void shouldPauseWhileMuchIsNotPolled() {
    KafkaExchangeSource source = open(STREAM.with("buffer.size", "150"));
    source.position(0);
    add(0, "0", "a");
    add(1, "0", "b");
    add(2, "0", "c");
    polled(source, 1, 10);
    polled(source, 1, 10);
    assertThat(consumer.paused()).containsExactly(PARTITION);

    assertThat(polled(source, 0, 10)).containsExactly("a", "b", "c");
    polled(source, 0, 10);
    assertThat(consumer.paused()).isEmpty();
  }
}
