package io.millrace.connectors.kafka;

import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.connector.TransactionContext;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Checks the sinks of a job and their cluster, and makes the producers. */
final class AuthorityOpening {
  private final StreamDefinition first;
  private final Map<StreamDefinition, KafkaOptions> sinks = new LinkedHashMap<>();
  private final TransactionContext context;
  private final KafkaOptions options;
  private final KafkaErrors errors;

  AuthorityOpening(List<StreamDefinition> streams, TransactionContext context) {
    this.first = streams.get(0);
    this.context = context;
    for (StreamDefinition stream : streams) {
      if (!SystemName.system(stream).equals(SystemName.system(first))) {
        throw new IllegalArgumentException(stream.name() + " is on another system");
      }
      sinks.put(stream, KafkaOptions.of(stream, context.job(), context.part()));
    }
    this.options = sinks.values().iterator().next();
    this.errors = KafkaErrors.ofJob(context.job(), options);
  }

  /**
   * Opens the authority.
   *
   * @throws MillraceException with cause and remedy, if that fails
   */
  KafkaCommitAuthority open() {
    Map<String, RowEncoder> encoders = new LinkedHashMap<>();
    sinks.forEach(
        (stream, own) ->
            encoders.put(stream.name(), RowEncoder.open(stream, own, context.sink(stream))));
    Duration timeout = timeout();
    return new KafkaCommitAuthority(
        new JobCluster(context.job(), context.part(), SystemName.cluster(first), options, errors),
        producers(timeout),
        encoders,
        timeout,
        context.sink(first).clock());
  }

  private Duration timeout() {
    Duration longest = context.longestTransaction();
    Duration timeout = TransactionTimeout.of(longest, options.clients(), errors);
    try (Cluster cluster = Cluster.connect(options, errors)) {
      cluster
          .smallestOfBrokers(TransactionTimeout.BROKER_MAXIMUM)
          .ifPresent(allowed -> TransactionTimeout.check(timeout, longest, allowed, errors));
    }
    return timeout;
  }

  private List<Producer<byte[], byte[]>> producers(Duration timeout) {
    List<Producer<byte[], byte[]>> producers = new ArrayList<>();
    try {
      for (int parity = 0; parity < KafkaCommitAuthority.PRODUCERS; parity++) {
        String id = IntervalProducer.transactionalId(context.job(), context.part(), parity);
        Map<String, Object> settings = options.clients().transactional(id, timeout);
        producers.add(
            errors.connecting(
                () ->
                    new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())));
      }
      return producers;
    } catch (MillraceException e) {
      producers.forEach(producer -> producer.close(Duration.ZERO));
      throw e;
    }
  }
}
