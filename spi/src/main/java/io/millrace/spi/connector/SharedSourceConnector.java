package io.millrace.spi.connector;

import io.millrace.spi.time.Clock;
import java.util.List;
import java.util.Optional;

/** A connector to a system that spreads the partitions of its streams over processes of a job. */
public interface SharedSourceConnector extends SourceConnector {
  /**
   * Why a job with these streams cannot be shared, for people, as what follows "since"; empty if it
   * can. Opens nothing.
   *
   * @param sources at least one, all of this connector
   * @param sinks those that commit the job's snapshots in transactions
   */
  Optional<String> sharingObstacle(List<StreamDefinition> sources, List<StreamDefinition> sinks);

  /**
   * Whether equal keys of two streams lie in partitions of the same number, if both have as many.
   * Asked of streams with as many KEY columns, at least one. Opens nothing.
   */
  boolean hasSameKeys(StreamDefinition one, StreamDefinition other);

  /**
   * Makes this process one of those that share a job.
   *
   * @param sources the streams that the job reads, at least one, all of this connector
   * @param job the name of the job
   * @param meaning a short text that is the same in all processes of the job
   * @throws io.millrace.spi.error.MillraceException if the system cannot be reached, or the streams
   *     do not have equally many partitions
   */
  JobMembership join(List<StreamDefinition> sources, String job, String meaning, Clock clock);
}
