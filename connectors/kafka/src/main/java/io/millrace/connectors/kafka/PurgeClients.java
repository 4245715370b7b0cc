package io.millrace.connectors.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/**
 * The clients that delete what has been read of internal topics: one for all exchanges and parts of
 * a job that this process runs, there as long as one of them uses it. For any thread.
 */
final class PurgeClients {
  private final Function<Map<String, Object>, Admin> factory;
  private final Map<Map<String, Object>, Shared> open = new HashMap<>();

  private static final class Shared {
    private final Admin admin;
    private int users;

    Shared(Admin admin) {
      this.admin = admin;
    }
  }

  /**
   * Begins without clients.
   *
   * @param factory makes one of its settings
   */
  PurgeClients(Function<Map<String, Object>, Admin> factory) {
    this.factory = factory;
  }

  /** The client with these settings, for one user more; who is to {@link #release} it. */
  synchronized Admin use(Map<String, Object> settings) {
    Shared shared = open.get(settings);
    if (shared == null) {
      shared = new Shared(factory.apply(settings));
      open.put(Map.copyOf(settings), shared);
    }
    shared.users++;
    return shared.admin;
  }

  /** Has one user less of the client with these settings; the last one ends it. */
  synchronized void release(Map<String, Object> settings) {
    Shared shared = open.get(settings);
    if (shared == null) {
      throw new IllegalStateException("nobody uses it");
    }
    shared.users--;
    if (shared.users == 0) {
      open.remove(settings);
      shared.admin.close(Duration.ZERO);
    }
  }
}
