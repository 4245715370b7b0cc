package io.millrace.connectors.kafka;

import io.millrace.spi.connector.Exchange;
import io.millrace.spi.error.MillraceException;
import org.apache.kafka.common.TopicPartition;

/**
 * The internal topic of an exchange. Its partition {@code q} has what all parts send to part {@code
 * q}; who has sent a record is said by the record's key, as decimal text. To the part that reads
 * it, what each of them has sent is a partition of its own: a <em>lane</em>.
 */
final class ExchangeTopic {
  private static final char LANE = '/';

  private ExchangeTopic() {}

  /**
   * The name of the topic, which is that of the group as well whose offsets say how far it was
   * read.
   *
   * @throws MillraceException if the job's name does not do
   */
  static String name(Exchange exchange, String job) {
    String name = job + suffix(exchange);
    if (!TopicSelection.isLegal(name)) {
      throw new MillraceException(
          "job '"
              + job
              + "' needs an internal topic '"
              + name
              + "', which is no name of a topic: give the job a shorter name, of letters, digits,"
              + " '.', '_' and '-'");
    }
    return name;
  }

  /** What the name is, behind that of the job. */
  static String suffix(Exchange exchange) {
    return ".millrace-" + exchange.name();
  }

  /** The name of a lane of a partition. */
  static String lane(TopicPartition partition, int sender) {
    return partition.toString() + LANE + sender;
  }

  /** Whether a name is that of a lane, and not of a partition. */
  static boolean isLane(String name) {
    return name.indexOf(LANE) >= 0;
  }

  /** The name of the partition that a lane is of. */
  static String partitionOf(String lane) {
    return lane.substring(0, lane.indexOf(LANE));
  }
}
