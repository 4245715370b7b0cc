package io.millrace.conformance.kafka;

import io.millrace.spi.connector.CommitAuthority;
import io.millrace.spi.connector.Connector;
import io.millrace.spi.connector.Format;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.connector.TransactionContext;
import io.millrace.spi.connector.TransactionalSinkConnector;
import io.millrace.spi.time.Clock;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.connector.TestSourceContext;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * A stream of the Kafka connector with JSON values, opened as the engine does it. Immutable: each
 * method gives another one.
 *
 * @param fixture its columns and options
 */
record KafkaStream(StreamFixture fixture) {
  /** How long a test waits for what must come. */
  private static final long LONGEST_WAIT = Duration.ofMinutes(5).toNanos();

  private static final Connector CONNECTOR = find(Connector.class, it -> it.name().equals("kafka"));
  private static final Format FORMAT = find(Format.class, it -> it.name().equals("json"));

  /** A stream of these columns over a topic. */
  static KafkaStream of(KafkaBroker broker, String topic, Field... columns) {
    return new KafkaStream(
        StreamFixture.of(columns)
            .withConnector(CONNECTOR)
            .withFormat(FORMAT)
            .with("topic", topic)
            .with("bootstrap.servers", broker.bootstrapServers()));
  }

  KafkaStream with(String option, String value) {
    return new KafkaStream(fixture.with(option, value));
  }

  KafkaStream keyedBy(Integer... columns) {
    return new KafkaStream(fixture.keyedBy(columns));
  }

  KafkaStream asTable() {
    return new KafkaStream(fixture.asTable());
  }

  Schema schema() {
    return fixture.schema();
  }

  /** The definition of the stream under a name of its own. */
  StreamDefinition named(String name) {
    StreamDefinition stream = fixture.definition();
    return new StreamDefinition(
        name, stream.schema(), stream.keyColumns(), stream.isTable(), stream.options());
  }

  /** Opens the exactly-once sinks of a job. */
  static CommitAuthority openTransactions(
      String job, List<StreamDefinition> sinks, Duration longestTransaction) {
    TransactionContext context =
        new TransactionContext() {
          @Override
          public String job() {
            return job;
          }

          @Override
          public SinkContext sink(StreamDefinition stream) {
            return TestSinkContext.of(stream, FORMAT, Clock.system());
          }

          @Override
          public Duration longestTransaction() {
            return longestTransaction;
          }
        };
    return ((TransactionalSinkConnector) CONNECTOR).openTransactions(sinks, context);
  }

  Source openSource() {
    StreamDefinition stream = fixture.definition();
    return ((SourceConnector) CONNECTOR)
        .open(stream, new TestSourceContext("job", Clock.system(), stream, FORMAT));
  }

  Sink openSink() {
    StreamDefinition stream = fixture.definition();
    return ((SinkConnector) CONNECTOR)
        .open(stream, TestSinkContext.of(stream, FORMAT, Clock.system()));
  }

  RecordingRowWriter writer() {
    return RecordingRowWriter.of(schema());
  }

  RecordingRowWriter writerWithMetadata() {
    return RecordingRowWriter.withMetadata(schema(), ((SourceConnector) CONNECTOR).metadata());
  }

  /** Polls a partition and waits until the writer has so many rows, rejects and empty records. */
  static void pollUntil(Source source, int partition, RecordingRowWriter writer, int records) {
    long start = Clock.system().nanos();
    while (writer.rows().size() + writer.rejected().size() + writer.emptyRecords() < records) {
      if (Clock.system().nanos() - start > LONGEST_WAIT) {
        throw new AssertionError("only " + writer.rows() + " and " + writer.rejected());
      }
      source.poll(partition, writer, 100);
      source.await(Duration.ofMillis(50));
    }
  }

  private static <T> T find(Class<T> service, Predicate<T> wanted) {
    return ServiceLoader.load(service).stream()
        .map(ServiceLoader.Provider::get)
        .filter(wanted)
        .findFirst()
        .orElseThrow();
  }
}
