package io.millrace.connectors.kafka;

import io.millrace.connectors.kafka.KafkaOptions.TopicCreation;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a cluster before a stream is opened: whether it is there, and which topics
 * with how many partitions it has. Every call ends within the connect timeout.
 */
final class Cluster implements AutoCloseable {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
  private static final int NAMES_SHOWN = 10;

  private final KafkaOptions options;
  private final KafkaErrors errors;
  private final Admin admin;

  private Cluster(KafkaOptions options, KafkaErrors errors, Admin admin) {
    this.options = options;
    this.errors = errors;
    this.admin = admin;
  }

  /**
   * Makes a client; whether the cluster answers is known at the first question.
   *
   * @throws MillraceException if the settings are not valid
   */
  static Cluster connect(KafkaOptions options, KafkaErrors errors) {
    Admin admin = errors.connecting(() -> Admin.create(options.clients().admin()));
    return new Cluster(options, errors, admin);
  }

  /**
   * Looks up the partitions that a stream selects, over a connection of its own.
   *
   * @throws MillraceException as {@link #connect} and {@link #partitions()} do
   */
  static List<TopicPartition> partitions(KafkaOptions options, KafkaErrors errors) {
    try (Cluster cluster = connect(options, errors)) {
      return cluster.partitions();
    }
  }

  /**
   * What a group has committed, once it is sure: offsets of a transaction that is being committed
   * or aborted are waited for.
   *
   * @throws MillraceException if the cluster does not tell
   */
  Map<TopicPartition, OffsetAndMetadata> committed(String group) {
    String what = "cannot look up the offsets of consumer group '" + group + "'";
    Map<String, ListConsumerGroupOffsetsSpec> all =
        Map.of(group, new ListConsumerGroupOffsetsSpec());
    ListConsumerGroupOffsetsOptions stable =
        new ListConsumerGroupOffsetsOptions().requireStable(true);
    try {
      Map<TopicPartition, @Nullable OffsetAndMetadata> offsets =
          await(
              admin.listConsumerGroupOffsets(all, stable).partitionsToOffsetAndMetadata(group),
              what);
      Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
      offsets.forEach(
          (partition, offset) -> {
            if (offset != null) {
              found.put(partition, offset);
            }
          });
      return found;
    } catch (ExecutionException e) {
      throw errors.of(what, e);
    }
  }

  /**
   * The smallest value that a setting in milliseconds has on any broker; empty if this user may not
   * see the brokers' settings.
   *
   * @throws MillraceException if the cluster does not tell
   */
  Optional<Duration> smallestOfBrokers(String setting) {
    String what = "cannot look up the brokers' '" + setting + "'";
    try {
      List<ConfigResource> brokers =
          await(admin.describeCluster().nodes(), what).stream()
              .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
              .toList();
      return await(admin.describeConfigs(brokers).all(), what).values().stream()
          .map(config -> config.get(setting))
          .filter(Objects::nonNull)
          .map(entry -> Duration.ofMillis(Long.parseLong(entry.value())))
          .min(Comparator.naturalOrder());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ClusterAuthorizationException) {
        return Optional.empty();
      }
      throw errors.of(what, e);
    }
  }

  /**
   * The partitions of the selected topics, in the order of the topics and of their numbers. A topic
   * that is missing is created if the options say so.
   *
   * @throws MillraceException if a topic is missing, or no topic matches
   */
  List<TopicPartition> partitions() {
    List<String> topics =
        options.topics().pattern().map(this::matching).orElse(options.topics().names());
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics) {
      int count = require(topic);
      for (int i = 0; i < count; i++) {
        partitions.add(new TopicPartition(topic, i));
      }
    }
    return partitions;
  }

  private List<String> matching(Pattern pattern) {
    TreeSet<String> names = names();
    List<String> matching = names.stream().filter(name -> pattern.matcher(name).matches()).toList();
    if (matching.isEmpty()) {
      throw errors.of(
          "no topic on Kafka at "
              + errors.servers()
              + " matches '"
              + options.topics().describe()
              + "'; "
              + existing(names));
    }
    return matching;
  }

  /** The number of partitions of a topic that must be there. */
  private int require(String topic) {
    String what = "cannot look up topic '" + topic + "'";
    try {
      return await(admin.describeTopics(List.of(topic)).allTopicNames(), what).values().stream()
          .mapToInt(description -> description.partitions().size())
          .sum();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return options
            .creation()
            .map(creation -> create(topic, creation))
            .orElseThrow(() -> unknown(topic));
      }
      if (e.getCause() instanceof InvalidTopicException) {
        throw unknown(topic);
      }
      throw errors.of(what, e);
    }
  }

  /**
   * Makes a topic, unless it is there.
   *
   * @return how many partitions it has; empty if it was made just now, as wanted
   * @throws MillraceException if it is not there and cannot be made
   */
  OptionalInt ensure(NewTopic wanted) {
    String what = "cannot look up internal topic '" + wanted.name() + "'";
    try {
      return OptionalInt.of(
          await(admin.describeTopics(List.of(wanted.name())).allTopicNames(), what)
              .values()
              .stream()
              .mapToInt(description -> description.partitions().size())
              .sum());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return make(wanted);
      }
      throw errors.of(what, e);
    }
  }

  /** Makes a topic, or takes the one that another process made meanwhile. */
  private OptionalInt make(NewTopic wanted) {
    String what =
        "cannot create internal topic '"
            + wanted.name()
            + "', which may be created by hand, with "
            + wanted.numPartitions()
            + " partitions, 'cleanup.policy' = 'delete', 'retention.ms' = '-1' and"
            + " 'retention.bytes' = '-1'";
    try {
      await(admin.createTopics(List.of(wanted)).all(), what);
      return OptionalInt.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return ensure(wanted);
      }
      throw errors.of(what, e);
    }
  }

  /**
   * The settings of a topic; empty if this user may not see them, or the topic is so new that the
   * brokers do not all know it.
   *
   * @throws MillraceException if the cluster does not tell
   */
  Optional<Map<String, String>> settings(String topic) {
    String what = "cannot look up the settings of topic '" + topic + "'";
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      Map<String, String> settings = new HashMap<>();
      for (ConfigEntry entry :
          await(
                  Objects.requireNonNull(
                      admin.describeConfigs(List.of(resource)).values().get(resource)),
                  what)
              .entries()) {
        if (entry.value() != null) {
          settings.put(entry.name(), entry.value());
        }
      }
      return Optional.of(settings);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AuthorizationException
          || e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw errors.of(what, e);
    }
  }

  private MillraceException unknown(String topic) {
    TreeSet<String> names = names();
    String hint = NearestName.hint(topic, names).orElseGet(() -> existing(names));
    return errors.of(
        "topic '"
            + topic
            + "' does not exist on Kafka at "
            + errors.servers()
            + "; "
            + hint
            + " (or create it, also by 'topic.create' = 'true')");
  }

  private static String existing(TreeSet<String> names) {
    if (names.isEmpty()) {
      return "there are no topics";
    }
    String shown = String.join(", ", names.stream().limit(NAMES_SHOWN).toList());
    return "there are: " + shown + (names.size() > NAMES_SHOWN ? ", …" : "");
  }

  private TreeSet<String> names() {
    String what = "cannot list the topics";
    try {
      return new TreeSet<>(await(admin.listTopics().names(), what));
    } catch (ExecutionException e) {
      throw errors.of(what, e);
    }
  }

  /** Creates a topic, or takes the one that somebody else created meanwhile. */
  private int create(String topic, TopicCreation creation) {
    String what = "cannot create topic '" + topic + "'";
    NewTopic wanted = new NewTopic(topic, creation.partitions(), creation.replication());
    if (creation.compacted()) {
      wanted.configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    }
    try {
      return await(admin.createTopics(List.of(wanted)).numPartitions(topic), what);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return require(topic);
      }
      throw errors.of(what, e);
    }
  }

  private <T> T await(KafkaFuture<T> answer, String what) throws ExecutionException {
    try {
      return answer.get(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw errors.of(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.of(what, e);
    }
  }

  @Override
  public void close() {
    admin.close(CLOSE_TIMEOUT);
  }
}
