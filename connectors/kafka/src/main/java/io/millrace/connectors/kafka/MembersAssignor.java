package io.millrace.connectors.kafka;

import java.util.Map;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Configurable;

/**
 * Spreads partitions evenly, moves as few as possible, and only among processes that mean the same:
 * the group's coordinator takes a member in only if it shares an assignor's name with all others,
 * and the name of this one says what the job means.
 */
public final class MembersAssignor extends CooperativeStickyAssignor implements Configurable {
  /** The setting with the meaning. */
  static final String MEANING = "millrace.meaning";

  private String name = "millrace";

  @Override
  public void configure(Map<String, ?> configs) {
    name = "millrace-" + configs.get(MEANING);
  }

  @Override
  public String name() {
    return name;
  }
}
