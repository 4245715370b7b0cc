package io.millrace.connectors.kafka;

import io.millrace.spi.connector.Exchange;
import io.millrace.spi.connector.ExchangeAuthority;
import io.millrace.spi.connector.ExchangeConnector;
import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.JobMembership;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.SequencedSink;
import io.millrace.spi.connector.SequencedSinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.connector.TransactionContext;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.time.Clock;
import io.millrace.spi.types.Field;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Reads topics as streams and tables, and writes them.
 *
 * <p>Source: one partition for each partition of the topics, positions are offsets, record time is
 * the timestamp of the record. Sink: key columns in the record key, deletions as tombstones.
 */
public final class KafkaConnector implements ExchangeConnector, SequencedSinkConnector {
  static final String NAME = "kafka";

  private final PurgeClients purging = new PurgeClients(Admin::create);

  @Override
  public String name() {
    return NAME;
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
    KafkaOptions options = KafkaOptions.of(stream, context.job(), context.part());
    KafkaErrors errors = KafkaErrors.ofStream(stream.name(), options);
    RecordDecoder decoder = new RecordDecoder(stream, context.decoder());
    List<TopicPartition> all = Cluster.partitions(options, errors);
    List<TopicPartition> partitions =
        context.part().map(part -> SharedTopics.ofPart(part, all, errors)).orElse(all);
    Consumer<byte[], byte[]> consumer =
        errors.connecting(
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
          new KafkaSource(
              consumer,
              stream,
              options,
              errors,
              decoder,
              inOrder,
              context.part().orElse(null),
              context.clock());
      opened = true;
      return source;
    } finally {
      if (!opened) {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
      }
    }
  }

  @Override
  public Optional<String> sharingObstacle(
      List<StreamDefinition> sources, List<StreamDefinition> sinks) {
    return SharedTopics.obstacle(sources, sinks);
  }

  @Override
  public boolean hasSameKeys(StreamDefinition one, StreamDefinition other) {
    return SharedTopics.hasSameKeys(one, other);
  }

  @Override
  public JobMembership join(
      List<StreamDefinition> sources, String job, String meaning, Clock clock) {
    return KafkaMembership.join(sources, job, meaning, clock);
  }

  @Override
  public SequencedSink open(StreamDefinition stream, SinkContext context) {
    KafkaOptions options = KafkaOptions.of(stream, context.job());
    KafkaErrors errors = KafkaErrors.ofStream(stream.name(), options);
    RowEncoder encoder = RowEncoder.open(stream, options, context);
    return new KafkaSink(
        errors.connecting(
            () ->
                new KafkaProducer<>(
                    options.clients().producer(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())),
        errors,
        encoder,
        context.clock());
  }

  @Override
  public String destination(StreamDefinition stream) {
    return "topic '"
        + stream.options().getString("topic")
        + "' on Kafka at '"
        + SystemName.cluster(stream)
        + "'";
  }

  @Override
  public String system(StreamDefinition stream) {
    return SystemName.system(stream);
  }

  @Override
  public String place(Exchange exchange, String job) {
    return "topic '" + job + ExchangeTopic.suffix(exchange) + "'";
  }

  @Override
  public void prepare(List<Exchange> exchanges, String job, int parts) {
    ExchangeTopics.prepare(exchanges, job, parts);
  }

  @Override
  public Source openExchange(Exchange exchange, SourceContext context) {
    JobPart part = context.part().orElseThrow();
    KafkaOptions options = KafkaOptions.ofExchange(exchange, context.job(), context.part());
    KafkaErrors errors = KafkaErrors.ofJob(context.job(), options);
    TopicPartition partition =
        new TopicPartition(ExchangeTopic.name(exchange, context.job()), part.number());
    Consumer<byte[], byte[]> consumer =
        errors.connecting(
            () ->
                new KafkaConsumer<>(
                    options.clients().exchangeConsumer(),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer()));
    consumer.assign(List.of(partition));
    return new KafkaExchangeSource(
        consumer,
        partition,
        part,
        options,
        errors,
        context.decoder(),
        new ExchangePurge(
            purging,
            KafkaOptions.of(exchange.peer(), context.job()).clients().admin(),
            partition,
            errors,
            context.clock()));
  }

  @Override
  public ExchangeAuthority openTransactions(
      List<StreamDefinition> sinks, TransactionContext context) {
    return new AuthorityOpening(sinks, context).open();
  }
}
