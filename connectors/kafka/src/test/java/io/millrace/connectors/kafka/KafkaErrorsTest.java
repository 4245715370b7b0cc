package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.StreamFixture;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaErrorsTest {
  private static final StreamDefinition STREAM =
      StreamFixture.of(new Field("v", DataType.STRING))
          .withConnector(new KafkaConnector())
          .with("topic", "t")
          .with("bootstrap.servers", "k:1")
          .definition();

  private final KafkaErrors errors = KafkaErrors.ofStream("Test", KafkaOptions.of(STREAM, "job"));

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(
            new SaslAuthenticationException("Authentication failed: Invalid username or password."),
            "Kafka at 'k:1' refused the credentials (Authentication failed: Invalid username or"
                + " password); check 'kafka.sasl.mechanism' and 'kafka.sasl.jaas.config'"),
        Arguments.of(
            new SslAuthenticationException("SSL handshake failed"),
            "the TLS handshake with Kafka at 'k:1' failed (SSL handshake failed); check"
                + " 'kafka.security.protocol' and the 'kafka.ssl.…' options"),
        Arguments.of(
            new TopicAuthorizationException(Set.of("t")),
            "this user may not access [t]; have the topic's access rights extended, or use another"
                + " user"),
        Arguments.of(
            GroupAuthorizationException.forGroupId("g"),
            "this user may not use the consumer group 'g'; have its access rights extended, or set"
                + " option 'group.id'"),
        Arguments.of(
            new UnknownTopicOrPartitionException("gone"), "the topic does not exist any more"),
        Arguments.of(
            new ConfigException("acks", "7"),
            "Kafka's client refuses its settings: Invalid value 7 for configuration acks; check"
                + " option 'bootstrap.servers' and the 'kafka.…' options"),
        Arguments.of(new UnknownServerException("oops."), "oops"),
        Arguments.of(new UnknownServerException(), "UnknownServerException"));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void shouldSayWhyAndWhatToDoWhenClientReportsError(Exception cause, String text) {
    assertThat(errors.of("cannot read", cause))
        .hasMessage("stream 'Test': cannot read: " + text)
        .hasCause(cause);
  }

  @ParameterizedTest
  @MethodSource("causes")
  void shouldLookThroughWrappersWhenClientReportsError(Exception cause, String text) {
    Exception wrapped = new ExecutionException(new KafkaException("Failed to construct", cause));

    assertThat(errors.of("cannot read", wrapped)).hasMessage("stream 'Test': cannot read: " + text);
  }
}
