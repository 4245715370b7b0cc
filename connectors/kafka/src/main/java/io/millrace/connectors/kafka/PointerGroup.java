package io.millrace.connectors.kafka;

import io.millrace.spi.connector.CommitPointer;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The consumer group of a job that holds its pointer, as the metadata of a committed offset. Nobody
 * consumes with it. The offset itself is the snapshot's id, for people who look at it.
 *
 * <p>The pointer is written on partition 0 of the job's first topic. It is looked for on all
 * partitions, and the one of the latest snapshot counts: so the order of the sinks may change. The
 * parts of a shared job have a pointer each, on their partitions of the topic that the job reads
 * first.
 */
final class PointerGroup {
  /** How a pointer names the part whose it is. */
  private static final Pattern PART =
      Pattern.compile("(.*)/(\\d{1,9}) of (\\d{1,9})", Pattern.DOTALL);

  private final String job;
  private final Optional<JobPart> part;
  private final TopicPartition place;

  private PointerGroup(String job, Optional<JobPart> part, TopicPartition place) {
    this.job = job;
    this.part = part;
    this.place = place;
  }

  /** The group of a job, or of one of its parts. */
  static PointerGroup of(JobCluster cluster) {
    String job = cluster.job();
    TopicPartition place =
        cluster
            .part()
            .map(
                part ->
                    new TopicPartition(
                        KafkaOptions.of(part.source(), job).topics().names().get(0), part.number()))
            .orElseGet(() -> new TopicPartition(cluster.options().topics().single(), 0));
    return new PointerGroup(job, cluster.part(), place);
  }

  String name() {
    return job + ".millrace";
  }

  /** What is to be committed for a pointer. */
  Map<TopicPartition, OffsetAndMetadata> offsets(CommitPointer pointer) {
    String owner = part.map(it -> it.nameIn(job) + " of " + it.count()).orElseGet(pointer::job);
    CommitPointer written =
        new CommitPointer(owner, pointer.snapshotId(), pointer.manifestChecksum());
    return Map.of(place, new OffsetAndMetadata(pointer.snapshotId(), written.toText()));
  }

  /**
   * Finds the pointer in what is committed.
   *
   * @throws MillraceException if there is something else
   */
  Optional<CommitPointer> find(
      Map<TopicPartition, OffsetAndMetadata> committed, KafkaErrors errors) {
    List<CommitPointer> own = new ArrayList<>();
    for (OffsetAndMetadata offset : committed.values()) {
      CommitPointer pointer =
          CommitPointer.parse(offset.metadata())
              .orElseThrow(() -> foreign(offset.metadata(), errors));
      if (isOwn(pointer, errors)) {
        own.add(pointer);
      }
    }
    return own.stream().max(Comparator.comparingLong(CommitPointer::snapshotId));
  }

  /** Whether a pointer is the one that is looked for; those of other parts are not. */
  private boolean isOwn(CommitPointer pointer, KafkaErrors errors) {
    Matcher other = PART.matcher(pointer.job());
    boolean isOfPart = other.matches() && other.group(1).equals(job);
    if (part.isEmpty()) {
      if (pointer.job().equals(job)) {
        return true;
      }
      throw isOfPart ? isShared(errors) : foreign(pointer.toText(), errors);
    }
    if (!isOfPart) {
      throw pointer.job().equals(job) ? isWhole(errors) : foreign(pointer.toText(), errors);
    }
    int count = Integer.parseInt(other.group(3));
    if (count != part.get().count()) {
      throw hasGrown(count, part.get(), errors);
    }
    return Integer.parseInt(other.group(2)) == part.get().number();
  }

  private MillraceException isShared(KafkaErrors errors) {
    return errors.of(
        "it has been shared among processes, and its state is kept by partition: share it again"
            + " (--shared), or give the job another name");
  }

  private MillraceException isWhole(KafkaErrors errors) {
    return errors.of(
        "it has run without being shared, and its state is kept for all partitions together: run it"
            + " without --shared, or give the job another name");
  }

  private MillraceException hasGrown(int before, JobPart now, KafkaErrors errors) {
    return errors.of(
        "the topic of '"
            + now.source().name()
            + "' has "
            + now.count()
            + " partitions, and had "
            + before
            + " when the job's state was saved: keys have moved to other partitions than their state."
            + " Give the job another name, so that it begins anew");
  }

  private MillraceException foreign(String text, KafkaErrors errors) {
    return errors.of(
        "the consumer group '"
            + name()
            + "' on Kafka at "
            + errors.servers()
            + " should hold the pointer to the job's last snapshot, but holds '"
            + text
            + "'; if another program uses this group, give the job another name, and"
            + " if a newer version of Millrace ran the job, use that one");
  }
}
