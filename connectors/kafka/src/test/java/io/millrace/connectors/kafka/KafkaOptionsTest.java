package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.kafka.KafkaOptions.TopicCreation;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.StreamFixture;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaOptionsTest {
  private static final StreamFixture STREAM =
      StreamFixture.of(new Field("k", DataType.STRING), new Field("v", DataType.STRING))
          .withConnector(new KafkaConnector())
          .with("topic", "trades");

  private static KafkaOptions read(StreamFixture stream) {
    return KafkaOptions.of(stream.definition(), "job");
  }

  @Test
  void shouldUseDefaultsWhenOnlyTopicIsGiven() {
    KafkaOptions options = read(STREAM);

    assertThat(options.servers()).isEqualTo("localhost:9092");
    assertThat(options.start()).isEqualTo(StartPoint.Edge.EARLIEST);
    assertThat(options.group()).isEqualTo("job.Test");
    assertThat(options.creation()).isEmpty();
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.bufferBytes()).isEqualTo(1 << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-01T10:00:00Z, 1709287200000",
    "2024-03-01T10:00:00+01:00, 1709283600000",
    "1500, 1500"
  })
  void shouldStartAtTimeWhenOneIsGiven(String text, long millis) {
    assertThat(read(STREAM.with("start", text)).start()).isEqualTo(new StartPoint.At(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"erliest", "2024-03-01", "", "+999999999-01-01T00:00:00Z"})
  void shouldRefuseWhenStartIsNoTime(String text) {
    assertThatThrownBy(() -> read(STREAM.with("start", text)))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("option 'start'");
  }

  @Test
  void shouldCommitUnderGivenGroupWhenThereIsOne() {
    assertThat(read(STREAM.with("group.id", "g")).group()).isEqualTo("g");
  }

  @Test
  void shouldCompactCreatedTopicWhenItIsKeyedTable() {
    StreamFixture table =
        STREAM.keyedBy(0).asTable().with("topic.create", "true").with("topic.partitions", "3");

    assertThat(read(table).creation())
        .contains(new TopicCreation(Optional.of(3), Optional.empty(), true));
  }

  @Test
  void shouldRefusePartitionsWhenTopicIsNotToBeCreated() {
    assertThatThrownBy(() -> read(STREAM.with("topic.partitions", "3")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("add 'topic.create' = 'true' or leave them out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "40000"})
  void shouldRefuseWhenReplicationIsOutOfRange(String text) {
    assertThatThrownBy(
            () -> read(STREAM.with("topic.create", "true").with("topic.replication", text)))
        .isInstanceOf(MillraceException.class)
        .hasMessage("option 'topic.replication' must be from 1 to 32767, not " + text);
  }

  @Test
  void shouldPassPropertyToTheClientsThatKnowItWhenGiven() {
    ClientSettings clients =
        read(STREAM
                .with("kafka.fetch.min.bytes", "7")
                .with("kafka.security.protocol", "SSL")
                .with("kafka.own.plugin", "x"))
            .clients();

    assertThat(clients.consumer())
        .containsEntry("fetch.min.bytes", "7")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("own.plugin", "x")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", false);
    assertThat(clients.producer())
        .doesNotContainKey("fetch.min.bytes")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("own.plugin", "x")
        .containsEntry("acks", "all");
    assertThat(clients.admin()).containsEntry("security.protocol", "SSL");
  }

  @Test
  void shouldLetUserDecideWhenPropertyHasDefault() {
    assertThat(read(STREAM.with("kafka.isolation.level", "read_uncommitted")).clients().consumer())
        .containsEntry("isolation.level", "read_uncommitted");
  }

  @ParameterizedTest
  @CsvSource({
    "group.id, use option 'group.id'",
    "enable.auto.commit, Millrace commits offsets itself",
    "value.serializer, use option 'format'"
  })
  void shouldRefuseWhenPropertyIsReserved(String property, String instead) {
    String option = "kafka." + property;
    assertThatThrownBy(() -> read(STREAM.with(option, "x")))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("option '" + option + "' cannot be set: " + instead.substring(0, 10));
  }

  @Test
  void shouldTakeFixedIdAndTimeoutWhenProducerIsTransactional() {
    assertThat(read(STREAM).clients().transactional("job.millrace-0-1", Duration.ofMinutes(1)))
        .containsEntry("transactional.id", "job.millrace-0-1")
        .containsEntry("client.id", "job.millrace-0-1")
        .containsEntry("transaction.timeout.ms", 60_000)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true);
  }

  @ParameterizedTest
  @CsvSource({"acks, 1", "enable.idempotence, false"})
  void shouldRefuseWhenPropertyDoesNotGoWithTransactions(String property, String value) {
    ClientSettings clients = read(STREAM.with("kafka." + property, value)).clients();

    assertThatThrownBy(() -> clients.transactional("id", Duration.ofMinutes(1)))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "option 'kafka."
                + property
                + "' = '"
                + value
                + "' does not go with exactly-once sinks, whose transactions decide it; leave it"
                + " out");
  }

  @Test
  void shouldTakePropertyWhenItSaysWhatTransactionsNeed() {
    assertThat(
            read(STREAM.with("kafka.acks", "all"))
                .clients()
                .transactional("id", Duration.ofMinutes(1)))
        .containsEntry("acks", "all");
  }
}
