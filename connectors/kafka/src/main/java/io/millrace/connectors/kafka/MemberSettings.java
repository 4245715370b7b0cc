package io.millrace.connectors.kafka;

import io.millrace.spi.option.OptionValues;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The settings of the consumer by which a process is a member of a shared job.
 *
 * @param group the group of the job's processes
 * @param sessionTimeout how long a process may be silent before it is taken for dead
 * @param properties the consumer's
 */
record MemberSettings(String group, Duration sessionTimeout, Map<String, Object> properties) {
  /** Shorter than Kafka's own 45 s: partitions of a process that died move after it. */
  private static final long SESSION_MILLIS = 10_000;

  MemberSettings {
    properties = Map.copyOf(properties);
  }

  /**
   * The settings.
   *
   * @param options of the stream that the job reads first
   * @param meaning the same for all processes of the job
   */
  static MemberSettings of(KafkaOptions options, String job, String meaning) {
    String group = job + ".millrace-members";
    Map<String, Object> properties = new HashMap<>(options.clients().consumer());
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(MembersAssignor.class));
    properties.put(MembersAssignor.MEANING, meaning);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    long session =
        options
            .clients()
            .find(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)
            .flatMap(OptionValues::parseLong)
            .orElse(SESSION_MILLIS);
    properties.putIfAbsent(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) Math.min(session, Integer.MAX_VALUE));
    ClientSettings.addHeartbeat(properties, session);
    return new MemberSettings(group, Duration.ofMillis(session), properties);
  }
}
