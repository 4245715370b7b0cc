package io.millrace.conformance.kafka;

import static io.millrace.conformance.kafka.KafkaStream.pollUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.RecordingRowWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaBrokerExtension.class)
final class KafkaFailureBrokerTest {
  private static final Field N = new Field("n", DataType.BIGINT);

  private final KafkaBroker broker;

  KafkaFailureBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldNameNearTopicWhenTopicDoesNotExist() {
    TestTopic.create(broker, "orders", 1);
    KafkaStream stream = KafkaStream.of(broker, "odrers", N);
    String message =
        "stream 'Test': topic 'odrers' does not exist on Kafka at '"
            + broker.bootstrapServers()
            + "'; did you mean 'orders'? (or create it, also by 'topic.create' = 'true')";

    assertThatThrownBy(stream::openSource)
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
    assertThatThrownBy(stream::openSink).isInstanceOf(MillraceException.class).hasMessage(message);
  }

  @Test
  void shouldSaySoWhenNoTopicMatches() {
    TestTopic.create(broker, "lonely", 1);

    assertThatThrownBy(KafkaStream.of(broker, "/nothing-.*/", N)::openSource)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("matches '/nothing-.*/'; there are: ");
  }

  @Test
  void shouldRefuseWhenReplicationExceedsBrokers() {
    KafkaStream stream =
        KafkaStream.of(broker, "replicated", N)
            .with("topic.create", "true")
            .with("topic.replication", "3");

    assertThatThrownBy(stream::openSink)
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("stream 'Test': cannot create topic 'replicated': ")
        .hasMessageEndingWith("set option 'topic.replication' to at most the number of brokers");
  }

  @Test
  void shouldGiveUpInTimeWhenBrokerIsDownAtTheStart() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }
    String address = "127.0.0.1:" + port;
    KafkaStream stream =
        KafkaStream.of(broker, "any", N)
            .with("bootstrap.servers", address)
            .with("connect.timeout", "500 ms");
    long start = Clock.system().nanos();

    assertThatThrownBy(stream::openSource)
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "stream 'Test': cannot look up topic 'any': Kafka at '"
                + address
                + "' gave no answer in time ("
                + address
                + " refuses connections); check that it runs, that option 'bootstrap.servers' is"
                + " right, and that 'kafka.security.protocol' is what the broker expects");
    assertThat(Duration.ofNanos(Clock.system().nanos() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void shouldSaySoWhenServerIsNoBroker() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + server.getLocalPort();
      KafkaStream stream =
          KafkaStream.of(broker, "any", N)
              .with("bootstrap.servers", address)
              .with("connect.timeout", "500 ms");

      assertThatThrownBy(stream::openSink)
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("accepts connections but does not answer as Kafka should");
    }
  }

  @Test
  void shouldSayWhichWhenAddressOrSettingIsNotValid() {
    KafkaStream stream = KafkaStream.of(broker, "any", N);

    assertThatThrownBy(stream.with("bootstrap.servers", "no-port")::openSource)
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("stream 'Test': cannot connect to Kafka: Kafka's client refuses")
        .hasMessageContaining("no-port");
    TestTopic.create(broker, "setting", 1);
    assertThatThrownBy(
            KafkaStream.of(broker, "setting", N).with("kafka.fetch.min.bytes", "many")::openSource)
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("fetch.min.bytes");
  }

  @Test
  void shouldGoOnWhenBrokerComesBack() {
    TestTopic in = TestTopic.create(broker, "failure-in", 1);
    TestTopic out = TestTopic.create(broker, "failure-out", 1);
    KafkaStream source = KafkaStream.of(broker, in.name(), N);
    KafkaStream sink = KafkaStream.of(broker, out.name(), N);
    in.send("{\"n\":1}");
    RecordingRowWriter writer = source.writer();

    try (Source reading = source.openSource();
        Sink writing = sink.openSink()) {
      pollUntil(reading, 0, writer, 1);
      writing.write(new BatchFixture(sink.schema()).row(1L).batch());
      writing.flush();

      broker.kill();
      writing.write(new BatchFixture(sink.schema()).row(2L).batch());
      reading.acknowledge(List.of("1"));
      reading.await(Duration.ofMillis(200));
      assertThat(reading.poll(0, writer, 10)).isEqualTo(PollStatus.IDLE);

      broker.start();
      in.send("{\"n\":2}");
      pollUntil(reading, 0, writer, 2);
      writing.flush();
      reading.acknowledge(List.of("2"));
    }

    assertThat(writer.values()).containsExactly(List.of(1L), List.of(2L));
    assertThat(out.readTexts()).containsExactly("null={\"n\":1}@0", "null={\"n\":2}@0");
    assertThat(in.committed("job.Test", 0)).contains(2L);
  }
}
