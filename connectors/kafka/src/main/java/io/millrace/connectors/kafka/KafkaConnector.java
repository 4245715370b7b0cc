package io.millrace.connectors.kafka;

import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceConnector;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.types.Field;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads topics as streams and tables, and writes them.
 *
 * <p>Source: one partition for each partition of the topics, positions are offsets, record time is
 * the timestamp of the record. Sink: key columns in the record key, deletions as tombstones.
 */
public final class KafkaConnector implements SourceConnector, SinkConnector {

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public String description() {
    return "Reads and writes topics of Apache Kafka.";
  }

  @Override
  public FormatUse formatUse() {
    return FormatUse.REQUIRED;
  }

  @Override
  public List<OptionSpec> options() {
    return KafkaOptionSpecs.all();
  }

  @Override
  public List<Field> metadata() {
    return MetadataColumn.fields();
  }

  @Override
  public boolean givesRecordTimes(StreamDefinition stream) {
    return true;
  }

  @Override
  public boolean isBounded(StreamDefinition stream) {
    return false;
  }

  @Override
  public Source open(StreamDefinition stream, SourceContext context) {
    KafkaOptions options = KafkaOptions.of(stream, context.job());
    KafkaErrors errors = new KafkaErrors(stream.name(), options);
    RecordDecoder decoder = new RecordDecoder(stream, context.decoder());
    List<TopicPartition> partitions = partitions(options, errors);
    Consumer<byte[], byte[]> consumer =
        make(
            errors,
            () ->
                new KafkaConsumer<>(
                    options.clients().consumer(),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer()));
    boolean opened = false;
    try {
      consumer.assign(partitions);
      Map<TopicPartition, Long> found =
          new StartPositions(consumer, options, errors).find(partitions, stream.isTable());
      Map<TopicPartition, Long> inOrder = new LinkedHashMap<>();
      partitions.forEach(partition -> inOrder.put(partition, found.getOrDefault(partition, 0L)));
      Source source =
          new KafkaSource(consumer, stream, options, errors, decoder, inOrder, context.clock());
      opened = true;
      return source;
    } finally {
      if (!opened) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
      }
    }
  }

  @Override
  public Sink open(StreamDefinition stream, SinkContext context) {
    KafkaOptions options = KafkaOptions.of(stream, context.job());
    KafkaErrors errors = new KafkaErrors(stream.name(), options);
    String topic = options.topics().single();
    RowEncoder encoder = new RowEncoder(stream, topic, context.encoder(), context.showsRowKind());
    partitions(options, errors);
    return new KafkaSink(
        make(
            errors,
            () ->
                new KafkaProducer<>(
                    options.clients().producer(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())),
        topic,
        errors,
        encoder,
        context.clock());
  }

  private static List<TopicPartition> partitions(KafkaOptions options, KafkaErrors errors) {
    try (Cluster cluster = Cluster.connect(options, errors)) {
      return cluster.partitions();
    }
  }

  private static <T> T make(KafkaErrors errors, Supplier<T> client) {
    try {
      return client.get();
    } catch (KafkaException e) {
      throw errors.of("cannot connect to Kafka", e);
    }
  }
}
