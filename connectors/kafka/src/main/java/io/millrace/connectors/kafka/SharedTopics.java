package io.millrace.connectors.kafka;

import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics that a shared job reads. Part {@code p} has partition {@code p} of each, so all have
 * equally many, and stay so: else equal keys would not meet.
 */
final class SharedTopics {
  private SharedTopics() {}

  /** Why a job with these streams cannot be shared; empty if it can. */
  static Optional<String> obstacle(List<StreamDefinition> sources, List<StreamDefinition> sinks) {
    String cluster = SystemName.cluster(sinks.get(0));
    for (StreamDefinition source : sources) {
      if (!SystemName.cluster(source).equals(cluster)) {
        return Optional.of(
            "'"
                + source.name()
                + "' is on another cluster than '"
                + sinks.get(0).name()
                + "': one transaction must commit both");
      }
      if (TopicSelection.parse(source.options().getString("topic")).pattern().isPresent()) {
        return Optional.of(
            "'" + source.name() + "' reads topics by a pattern, which may come and go: name them");
      }
    }
    return Optional.empty();
  }

  /**
   * Whether keys are written in the same way, so that producers send equal ones alike. Names are
   * part of a key that is a JSON object.
   */
  static boolean hasSameKeys(StreamDefinition one, StreamDefinition other) {
    KeyFormat format = KeyFormat.of(one);
    return format == KeyFormat.of(other)
        && types(one).equals(types(other))
        && (format != KeyFormat.JSON || names(one).equals(names(other)));
  }

  private static List<String> types(StreamDefinition stream) {
    return stream.keyColumns().stream()
        .map(column -> String.valueOf(stream.schema().type(column)))
        .toList();
  }

  private static List<String> names(StreamDefinition stream) {
    return stream.keyColumns().stream().map(stream.schema()::name).toList();
  }

  /**
   * How many partitions every topic of these streams has.
   *
   * @throws MillraceException if they do not have equally many, or one is missing
   */
  static int count(List<StreamDefinition> sources, String job) {
    Set<TopicPartition> all = new LinkedHashSet<>(); // several streams may read one topic
    for (StreamDefinition source : sources) {
      KafkaOptions options = KafkaOptions.of(source, job);
      all.addAll(Cluster.partitions(options, KafkaErrors.ofStream(source.name(), options)));
    }
    Map<String, Integer> counts = countByTopic(all);
    Map.Entry<String, Integer> first = counts.entrySet().iterator().next();
    int count = first.getValue();
    counts.forEach(
        (topic, other) -> {
          if (other != count) {
            throw new MillraceException(
                "job '"
                    + job
                    + "' cannot be shared: topic '"
                    + first.getKey()
                    + "' has "
                    + count
                    + " partitions and topic '"
                    + topic
                    + "' "
                    + other
                    + ", so equal keys are not in partitions of the same number; give both equally"
                    + " many, or run the job without --shared");
          }
        });
    return count;
  }

  /**
   * Those of some partitions that a part reads.
   *
   * @throws MillraceException if a topic has not as many as the job has parts
   */
  static List<TopicPartition> ofPart(JobPart part, List<TopicPartition> all, KafkaErrors errors) {
    countByTopic(all)
        .forEach(
            (topic, count) -> {
              if (count != part.count()) {
                throw errors.of(hasChanged(topic, part.count()));
              }
            });
    return all.stream().filter(partition -> partition.partition() == part.number()).toList();
  }

  private static Map<String, Integer> countByTopic(Collection<TopicPartition> partitions) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    partitions.forEach(partition -> counts.merge(partition.topic(), 1, Integer::sum));
    return counts;
  }

  /** What to say of a topic that has more partitions than the job began with. */
  static String hasChanged(String topic, int before) {
    return "topic '"
        + topic
        + "' no longer has the "
        + before
        + " partitions that the shared job began with: keys have moved to other partitions than their"
        + " state. Stop all of its processes, and give the job another name, so that it begins anew";
  }
}
