package io.millrace.connectors.kafka;

import io.millrace.spi.connector.CommitPointer;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The consumer group of a job that holds its pointer, as the metadata of a committed offset. Nobody
 * consumes with it. The offset itself is the snapshot's id, for people who look at it.
 *
 * <p>The pointer is written on partition 0 of the job's first topic. It is looked for on all
 * partitions, and the one of the latest snapshot counts: so the order of the sinks may change.
 */
final class PointerGroup {
  private final String job;
  private final TopicPartition place;

  PointerGroup(String job, String firstTopic) {
    this.job = job;
    this.place = new TopicPartition(firstTopic, 0);
  }

  String name() {
    return job + ".millrace";
  }

  /** What is to be committed for a pointer. */
  Map<TopicPartition, OffsetAndMetadata> offsets(CommitPointer pointer) {
    return Map.of(place, new OffsetAndMetadata(pointer.snapshotId(), pointer.toText()));
  }

  /**
   * Finds the pointer in what is committed.
   *
   * @throws io.millrace.spi.error.MillraceException if there is something else
   */
  Optional<CommitPointer> find(
      Map<TopicPartition, OffsetAndMetadata> committed, KafkaErrors errors) {
    return committed.values().stream()
        .map(offset -> read(offset.metadata(), errors))
        .max(Comparator.comparingLong(CommitPointer::snapshotId));
  }

  private CommitPointer read(String text, KafkaErrors errors) {
    return CommitPointer.parse(text)
        .filter(pointer -> pointer.job().equals(job))
        .orElseThrow(
            () ->
                errors.of(
                    "the consumer group '"
                        + name()
                        + "' on Kafka at "
                        + errors.servers()
                        + " should hold the pointer to the job's last snapshot, but holds '"
                        + text
                        + "'; if another program uses this group, give the job another name, and"
                        + " if a newer version of Millrace ran the job, use that one"));
  }
}
