package io.millrace.connectors.kafka;

import io.millrace.spi.connector.JobMembership;
import io.millrace.spi.connector.PartMoves;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of the consumer group {@code <job>.millrace-members}, which reads nothing and commits
 * nothing: it is given partitions of the topic that the job reads first, and their numbers are the
 * parts that this process runs. All other topics have as many partitions, so equal numbers stay
 * together.
 *
 * <p>That a part is run by one process at a time does not hang on the group: the transactional ids
 * of the part do that. The group only says whose turn it is.
 */
final class KafkaMembership implements JobMembership {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaMembership.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private static final long NEVER = Long.MIN_VALUE;

  /** Between two questions whether this process may be a member. */
  private static final Duration REFUSED_PAUSE = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final MemberSettings settings;
  private final KafkaErrors errors;
  private final Clock clock;
  private final String topic;
  private final int parts;
  private @Nullable PartMoves moves;
  private boolean hasChanged;

  /**
   * Since when the group takes this process for one of another job; NEVER if it does not. A poll
   * that returns says nothing of it, as the answer may not have come.
   */
  private long refusedSince = NEVER;

  /**
   * Subscribes a consumer.
   *
   * @param topic the topic that the job reads first
   * @param parts how many partitions it has
   */
  KafkaMembership(
      Consumer<byte[], byte[]> consumer,
      MemberSettings settings,
      KafkaErrors errors,
      Clock clock,
      String topic,
      int parts) {
    this.consumer = consumer;
    this.settings = settings;
    this.errors = errors;
    this.clock = clock;
    this.topic = topic;
    this.parts = parts;
    consumer.subscribe(List.of(topic), new Listener());
  }

  /** See {@link KafkaConnector#join}. */
  static KafkaMembership join(
      List<StreamDefinition> sources, String job, String meaning, Clock clock) {
    int parts = SharedTopics.count(sources, job);
    KafkaOptions options = KafkaOptions.of(sources.get(0), job);
    KafkaErrors errors = KafkaErrors.ofJob(job, options);
    MemberSettings settings = MemberSettings.of(options, job, meaning + "-" + parts);
    Consumer<byte[], byte[]> consumer =
        errors.connecting(
            () ->
                new KafkaConsumer<>(
                    settings.properties(),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer()));
    return new KafkaMembership(
        consumer, settings, errors, clock, options.topics().names().get(0), parts);
  }

  @Override
  public int parts() {
    return parts;
  }

  @Override
  public void poll(Duration timeout, PartMoves told) {
    moves = told;
    try {
      consumer.poll(timeout);
    } catch (InconsistentGroupProtocolException e) {
      refuse(e);
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      throw errors.of("cannot be a member of the group '" + settings.group() + "'", e);
    } finally {
      moves = null;
    }
    if (hasChanged) {
      throw errors.of(SharedTopics.hasChanged(topic, parts));
    }
  }

  /** Processes that have died stay in the group for a while: only who stays longer lives. */
  private void refuse(KafkaException answer) {
    if (refusedSince == NEVER) {
      refusedSince = clock.nanos();
      LOG.warn("{}", errors.about("waiting for processes with another script to end"));
    }
    if (clock.nanos() - refusedSince > 2 * settings.sessionTimeout().toNanos()) {
      throw errors.because(
          "cannot share it",
          "another process runs a job of this name with another script, other variables or settings,"
              + " or another number of partitions. All processes of a job run the same script: stop"
              + " the others first, or give this job another name",
          answer);
    }
    LockSupport.parkNanos(REFUSED_PAUSE.toNanos());
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
  }

  /** Called within {@link #poll}, and by the consumer's end, when nothing runs any more. */
  private final class Listener implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      refusedSince = NEVER; // called whenever the group has taken this process in
      consumer.pause(partitions);
      partitions.forEach(partition -> consumer.seek(partition, 0));
      Set<Integer> numbers = numbers(partitions);
      hasChanged |= numbers.stream().anyMatch(number -> number >= parts);
      PartMoves told = moves;
      if (told != null && !hasChanged && !numbers.isEmpty()) {
        told.given(numbers);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      PartMoves told = moves;
      if (told != null && !partitions.isEmpty()) {
        told.taken(numbers(partitions));
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      PartMoves told = moves;
      if (told != null && !partitions.isEmpty()) {
        told.lost(numbers(partitions));
      }
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
      return partitions.stream()
          .map(TopicPartition::partition)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
