package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.StreamFixture;
import org.junit.jupiter.api.Test;

class SystemNameTest {
  private static final StreamFixture STREAM =
      StreamFixture.of(new Field("v", DataType.STRING))
          .withConnector(new KafkaConnector())
          .with("topic", "t");

  private static String system(StreamFixture stream) {
    return new KafkaConnector().system(stream.definition());
  }

  @Test
  void shouldBeTheSameWhenServersDifferInOrderAndTopicsDiffer() {
    assertThat(system(STREAM.with("bootstrap.servers", "B:2, a:1,")))
        .isEqualTo("Kafka at 'a:1,b:2'")
        .isEqualTo(system(STREAM.with("topic", "u").with("bootstrap.servers", "a:1,b:2")));
  }

  @Test
  void shouldDifferWithoutShowingSecretsWhenPropertiesDiffer() {
    String one = system(STREAM.with("kafka.sasl.jaas.config", "secret-1"));
    String other = system(STREAM.with("kafka.sasl.jaas.config", "secret-2"));

    assertThat(one)
        .startsWith("Kafka at 'localhost:9092' with ['kafka.sasl.jaas.config'] ")
        .doesNotContain("secret")
        .isNotEqualTo(other)
        .isEqualTo(system(STREAM.with("kafka.sasl.jaas.config", "secret-1")));
  }
}
