package io.millrace.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.RecordedRow;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.RejectedRecord;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaSourceTest {
  private static final TopicPartition FIRST = new TopicPartition("trades", 0);
  private static final TopicPartition SECOND = new TopicPartition("trades", 1);
  private static final TopicPartition OTHER = new TopicPartition("quotes", 0);
  private static final StreamFixture STREAM =
      StreamFixture.of(new Field("v", DataType.STRING), new Field("k", DataType.STRING))
          .withConnector(new KafkaConnector())
          .with("topic", "trades")
          .keyedBy(1);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
  private final RecordingRowWriter writer =
      RecordingRowWriter.withMetadata(STREAM.schema(), MetadataColumn.fields());

  private KafkaSource open(StreamFixture fixture, TopicPartition... partitions) {
    StreamDefinition stream = fixture.definition();
    KafkaOptions options = KafkaOptions.of(stream, "job");
    Map<TopicPartition, Long> positions = new LinkedHashMap<>();
    Arrays.asList(partitions).forEach(partition -> positions.put(partition, 0L));
    consumer.assign(positions.keySet());
    return new KafkaSource(
        consumer,
        stream,
        options,
        KafkaErrors.ofStream(stream.name(), options),
        new RecordDecoder(stream, new BarFormat().decoder(stream)),
        positions,
        null,
        new VirtualClock());
  }

  private void add(
      TopicPartition partition, long offset, @Nullable String key, @Nullable String value) {
    byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
    byte[] valueBytes = value == null ? null : value.getBytes(UTF_8);
    consumer.addRecord(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            offset,
            1000 + offset,
            TimestampType.CREATE_TIME,
            keyBytes == null ? -1 : keyBytes.length,
            valueBytes == null ? -1 : valueBytes.length,
            keyBytes,
            valueBytes,
            new RecordHeaders().add("h", "x".getBytes(UTF_8)).add("h", "y".getBytes(UTF_8)),
            Optional.empty()));
  }

  @Test
  void shouldWriteTimeOriginAndPseudoColumnsWhenRecordComes() {
    KafkaSource source = open(STREAM, FIRST);
    add(FIRST, 5, "key", "a");

    assertThat(source.poll(0, writer, 10)).isEqualTo(PollStatus.IDLE);
    assertThat(writer.rows())
        .containsExactly(
            new RecordedRow(
                List.of("a", "key"),
                false,
                "trades-0@5",
                1005,
                List.of("key", 0L, 5L, Map.of("h", "y"))));
    assertThat(source.position(0)).isEqualTo("6");
  }

  @Test
  void shouldKeepOrderWithinPartitionWhenPolledInParts() {
    KafkaSource source = open(STREAM, FIRST, SECOND);
    for (int i = 0; i < 3; i++) {
      add(FIRST, i, "k", "a" + i);
      add(SECOND, i, "k", "b" + i);
    }

    assertThat(source.poll(1, writer, 2)).isEqualTo(PollStatus.MORE);
    assertThat(source.poll(0, writer, 2)).isEqualTo(PollStatus.MORE);
    assertThat(source.poll(1, writer, 2)).isEqualTo(PollStatus.IDLE);

    assertThat(writer.values())
        .containsExactly(
            List.of("b0", "k"),
            List.of("b1", "k"),
            List.of("a0", "k"),
            List.of("a1", "k"),
            List.of("b2", "k"));
    assertThat(source.partitions()).containsExactly("trades-0", "trades-1");
    assertThat(source.position(0)).isEqualTo("2");
  }

  @Test
  void shouldPauseAndResumeWhenBufferFillsAndEmpties() {
    KafkaSource source = open(STREAM.with("buffer.size", "100"), FIRST, SECOND);
    add(FIRST, 0, "k", "a0");
    add(FIRST, 1, "k", "a1");
    source.poll(1, writer, 10);

    assertThat(consumer.paused()).containsExactly(FIRST);

    add(SECOND, 0, "k", "b0");
    source.poll(1, writer, 10);
    source.poll(1, writer, 10);
    assertThat(writer.values()).containsExactly(List.of("b0", "k"));

    source.poll(0, writer, 10);
    assertThat(consumer.paused()).isEmpty();
    assertThat(writer.values()).endsWith(List.of("a0", "k"), List.of("a1", "k"));
  }

  @Test
  void shouldReadAgainWhenSoughtBack() {
    KafkaSource source = open(STREAM, FIRST);
    add(FIRST, 0, "k", "a0");
    add(FIRST, 1, "k", "a1");
    source.poll(0, writer, 1);

    consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
    consumer.updateEndOffsets(Map.of(FIRST, 2L));
    source.seek(0, "0");
    assertThat(source.position(0)).isEqualTo("0");
    add(FIRST, 0, "k", "a0");
    source.poll(0, writer, 1);

    assertThat(writer.values()).containsExactly(List.of("a0", "k"), List.of("a0", "k"));
  }

  @Test
  void shouldRefuseWhenRecordsBehindPositionAreGone() {
    KafkaSource source = open(STREAM, FIRST);
    consumer.updateBeginningOffsets(Map.of(FIRST, 5L));
    consumer.updateEndOffsets(Map.of(FIRST, 9L));
    source.seek(0, "4");

    assertThatThrownBy(() -> source.poll(0, writer, 1))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "stream 'Test': the snapshot's position 4 in 'trades-0' is before the first offset 5"
                + " that is still there: the broker has deleted records that were not read yet;"
                + " keep the topic's records for longer, or go on with what is left by"
                + " 'kafka.auto.offset.reset' = 'earliest'");
  }

  @Test
  void shouldRefuseWhenPositionIsBehindTheEnd() {
    KafkaSource source = open(STREAM, FIRST);
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L));
    consumer.updateEndOffsets(Map.of(FIRST, 3L));
    source.seek(0, "4");

    assertThatThrownBy(() -> source.poll(0, writer, 1))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("position 4 in 'trades-0' is behind the end 3 of the partition");
  }

  @Test
  void shouldReadPartitionFromItsStartWhenItWasAddedAfterTheSnapshot() {
    KafkaSource source = open(STREAM, FIRST, SECOND, OTHER);
    consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 2L));
    consumer.updateEndOffsets(Map.of(FIRST, 9L, SECOND, 5L));
    source.seek(0, "4");

    source.poll(0, writer, 1);

    assertThat(List.of(source.position(0), source.position(1), source.position(2)))
        .containsExactly("4", "2", "0");
  }

  @Test
  void shouldRefuseWhenPositionIsNoOffset() {
    KafkaSource source = open(STREAM, FIRST);

    assertThatThrownBy(() -> source.seek(0, "-1"))
        .isInstanceOf(MillraceException.class)
        .hasMessage("stream 'Test': '-1' is no position in a topic: expected an offset");
  }

  @Test
  void shouldKeepKeyOfValueWhenItHasOne() {
    KafkaSource source = open(STREAM, FIRST);
    add(FIRST, 0, "key", "a|own");
    add(FIRST, 1, "key", "a|~");
    add(FIRST, 2, null, "a");

    source.poll(0, writer, 10);

    assertThat(writer.values())
        .containsExactly(List.of("a", "own"), List.of("a", "key"), Arrays.asList("a", null));
  }

  @Test
  void shouldCountEmptyRecordWhenItIsOfAStream() {
    KafkaSource source = open(STREAM, FIRST);
    add(FIRST, 0, "key", null);

    source.poll(0, writer, 10);

    assertThat(writer.rows()).isEmpty();
    assertThat(writer.emptyRecords()).isEqualTo(1);
    assertThat(source.position(0)).isEqualTo("1");
  }

  @Test
  void shouldDeleteByKeyWhenEmptyRecordIsOfATable() {
    KafkaSource source = open(STREAM.asTable(), FIRST);
    add(FIRST, 0, "key", null);
    add(FIRST, 1, null, null);

    source.poll(0, writer, 10);

    assertThat(writer.rows()).hasSize(1);
    assertThat(writer.rows().get(0).deletion()).isTrue();
    assertThat(writer.rows().get(0).values()).containsExactly(null, "key");
    assertThat(writer.rejected())
        .containsExactly(
            new RejectedRecord(
                "trades-0@1", "", "a record without a value and without a key deletes nothing"));
  }

  @Test
  void shouldRejectAndGoOnWhenRecordCannotBeDecoded() {
    KafkaSource source = open(STREAM, FIRST);
    add(FIRST, 0, "k", "!");
    add(FIRST, 1, "k", "a");

    source.poll(0, writer, 10);

    assertThat(writer.rejected())
        .containsExactly(new RejectedRecord("trades-0@0", "!", "an exclamation mark"));
    assertThat(writer.values()).containsExactly(List.of("a", "k"));
  }

  @Test
  void shouldCommitWhenPositionsAreAcknowledged() {
    KafkaSource source = open(STREAM, FIRST, SECOND);

    source.acknowledge(List.of("7", "0"));

    assertThat(consumer.committed(Set.of(FIRST, SECOND)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(FIRST, new OffsetAndMetadata(7), SECOND, new OffsetAndMetadata(0)));
  }

  @Test
  void shouldCommitNothingWhenSourceIsATable() {
    KafkaSource source = open(STREAM.asTable(), FIRST);

    source.acknowledge(List.of("7"));
    source.close();

    assertThat(consumer.closed()).isTrue();
  }

  @Test
  void shouldReturnAtOnceWhenRecordsCameAfterAnIdlePoll() {
    KafkaSource source = open(STREAM, FIRST, SECOND);
    source.poll(0, writer, 10);
    add(FIRST, 0, "k", "a0");
    add(FIRST, 1, "k", "a1");
    source.poll(1, writer, 10);
    consumer.setPollException(new TopicAuthorizationException(Set.of("trades")));

    source.await(Duration.ofDays(1));

    source.poll(0, writer, 1);
    assertThat(writer.values()).containsExactly(List.of("a0", "k"));
  }

  @Test
  void shouldWaitForOthersWhenPartitionIsLeftUnpolledWithRecords() {
    KafkaSource source = open(STREAM, FIRST, SECOND);
    add(FIRST, 0, "k", "a0");
    add(FIRST, 1, "k", "a1");
    source.poll(0, writer, 1);
    source.poll(1, writer, 1);
    source.poll(1, writer, 1);
    add(SECOND, 0, "k", "b0");
    add(SECOND, 1, "k", "b1");

    source.await(Duration.ofDays(1));

    consumer.setPollException(new TopicAuthorizationException(Set.of("trades")));
    source.poll(1, writer, 1);
    assertThat(writer.values()).containsExactly(List.of("a0", "k"), List.of("b0", "k"));
  }

  @Test
  void shouldTellOnceThatRecordsHaveComeWhenTheirPartitionIsHeldBack() {
    KafkaSource source = open(STREAM, FIRST, SECOND);
    source.poll(0, writer, 1);
    source.poll(1, writer, 1);
    add(FIRST, 0, "k", "a0");
    source.await(Duration.ofDays(1));
    source.poll(1, writer, 1);

    source.await(Duration.ofDays(1));
    source.poll(1, writer, 1);
    add(SECOND, 0, "k", "b0");
    add(SECOND, 1, "k", "b1");
    source.await(Duration.ofDays(1));

    consumer.setPollException(new TopicAuthorizationException(Set.of("trades")));
    source.poll(1, writer, 1);
    assertThat(writer.values()).containsExactly(List.of("b0", "k"));
  }

  @Test
  void shouldNotBeginToWaitWhenInterrupted() {
    KafkaSource source = open(STREAM, FIRST);
    consumer.setPollException(new TopicAuthorizationException(Set.of("trades")));
    Thread.currentThread().interrupt();

    source.await(Duration.ofDays(1));

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void shouldSayWhatIsGoneWhenBrokerDeletedRecords() {
    KafkaSource source = open(STREAM, FIRST);
    consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 3L)));

    assertThatThrownBy(() -> source.poll(0, writer, 1))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "stream 'Test': cannot read from Kafka at 'localhost:9092': the broker has deleted"
                + " records that were not read yet (wanted {trades-0=3}); keep the topic's records"
                + " for longer, or go on with what is left by 'kafka.auto.offset.reset' ="
                + " 'earliest'");
  }

  @Test
  void shouldCloseOnceWhenClosedTwice() {
    KafkaSource source = open(STREAM, FIRST);

    source.close();
    source.close();

    assertThat(consumer.closed()).isTrue();
  }
}
