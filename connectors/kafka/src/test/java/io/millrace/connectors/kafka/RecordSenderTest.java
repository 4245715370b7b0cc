package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Batch;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RecordSenderTest {
  private static final StreamFixture STREAM =
      StreamFixture.of(new Field("v", DataType.STRING))
          .withConnector(new KafkaConnector())
          .with("topic", "out");

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final VirtualClock clock = new VirtualClock();
  private final BytesReceived received = new BytesReceived();

  private RecordSender open() {
    producer.setMockMetrics(received.metricName(), received);
    KafkaOptions options = KafkaOptions.of(STREAM.definition(), "job");
    return new RecordSender(producer, KafkaErrors.ofStream("Test", options), clock);
  }

  @Test
  void shouldLookForSilentBrokersNowAndThenWhenRecordsAreSent() {
    RecordSender sender = open();
    for (int i = 0; i < 1_000; i++) {
      sender.send(new ProducerRecord<>("out", new byte[0]));
      clock.advance(Duration.ofMillis(1));
    }

    assertThat(received.looks).isEqualTo(9);
  }

  @Test
  void shouldLookForSilentBrokersNowAndThenWhenRowsAreSent() {
    RecordSender sender = open();
    RowEncoder rows =
        new RowEncoder(
            STREAM.definition(), "out", new BarFormat().encoder(STREAM.definition(), false), false);
    Batch batch = new BatchFixture(STREAM.schema()).row("a").batch();
    for (int i = 0; i < 1_000; i++) {
      sender.send(batch, rows);
      clock.advance(Duration.ofMillis(1));
    }

    assertThat(received.looks).isEqualTo(9);
  }

  /** Counts how often somebody looks at how many bytes were received. */
  private static final class BytesReceived implements Metric {
    private int looks;

    @Override
    public MetricName metricName() {
      return new MetricName("incoming-byte-total", "producer-metrics", "", Map.of());
    }

    @Override
    public Object metricValue() {
      looks++;
      return 0.0;
    }
  }
}
