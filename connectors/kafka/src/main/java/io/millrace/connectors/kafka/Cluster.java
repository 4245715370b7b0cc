package io.millrace.connectors.kafka;

import io.millrace.connectors.kafka.KafkaOptions.TopicCreation;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

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
    try {
      return new Cluster(options, errors, Admin.create(options.clients().admin()));
    } catch (KafkaException e) {
      throw errors.of("cannot connect to Kafka", e);
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
