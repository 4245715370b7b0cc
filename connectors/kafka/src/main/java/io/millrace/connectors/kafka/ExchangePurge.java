package io.millrace.connectors.kafka;

import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the records of a partition of an internal topic that nobody reads again, now and then and
 * without waiting. What cannot be deleted stays, which costs room and nothing else. Used by one
 * thread.
 */
final class ExchangePurge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExchangePurge.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(30).toNanos();

  private final PurgeClients clients;
  private final Map<String, Object> settings;
  private final TopicPartition partition;
  private final KafkaErrors errors;
  private final Clock clock;
  private @Nullable Admin admin;
  private long last;
  private long deleted;

  /** Written by the thread of the client as well. */
  private volatile boolean isOnItsWay;

  private volatile boolean isRefused;

  private volatile boolean isClosed;

  /**
   * Opens nothing yet.
   *
   * @param settings those of the client that deletes
   */
  ExchangePurge(
      PurgeClients clients,
      Map<String, Object> settings,
      TopicPartition partition,
      KafkaErrors errors,
      Clock clock) {
    this.clients = clients;
    this.settings = settings;
    this.partition = partition;
    this.errors = errors;
    this.clock = clock;
    this.last = clock.nanos() - PAUSE_NANOS;
  }

  /** Says that no record before this offset is read again. */
  void upTo(long offset) {
    long now = clock.nanos();
    if (offset <= deleted || isOnItsWay || now - last < PAUSE_NANOS) {
      return;
    }
    last = now;
    deleted = offset;
    isOnItsWay = true;
    Admin client = admin;
    if (client == null) {
      client = clients.use(settings);
      admin = client;
    }
    var unused =
        client
            .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
            .all()
            .whenComplete((answer, error) -> answered(error));
  }

  private void answered(@Nullable Throwable error) {
    isOnItsWay = false;
    if (error != null && !isRefused && !isClosed) {
      LOG.warn(
          "{}",
          errors.about(
              "cannot delete what has been read of internal topic '"
                  + partition.topic()
                  + "', which grows: "
                  + error.getMessage()));
    }
    isRefused = error != null;
  }

  @Override
  public void close() {
    isClosed = true;
    if (admin != null) {
      admin = null;
      clients.release(settings);
    }
  }
}
