package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.connectors.ConnectorExample;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example of the reference page, with the address of the tests' broker in it. */
@ExtendWith(KafkaBrokerExtension.class)
final class KafkaExampleBrokerTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private final KafkaBroker broker;

  KafkaExampleBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldWriteKeyedRecordsWhenExampleOfThePageRuns() {
    String script = new ConnectorExample("kafka").script();
    try (Engine engine = Engine.create()) {
      Job job = engine.deploy(script.replace("localhost:9092", broker.bootstrapServers()));
      job.start();
      assertThat(job.await(LIMIT)).as("ended within %s", LIMIT).isTrue();
    }

    assertThat(new TestTopic(broker, "units", 1).readTexts())
        .containsExactly(
            "pen={\"item\":\"pen\",\"id\":0,\"units\":2}@1709287200000",
            "pen={\"item\":\"pen\",\"id\":1,\"units\":2}@1709287201000",
            "pen={\"item\":\"pen\",\"id\":2,\"units\":2}@1709287202000");
  }
}
