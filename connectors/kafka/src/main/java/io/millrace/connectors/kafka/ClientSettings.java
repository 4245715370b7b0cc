package io.millrace.connectors.kafka;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.option.OptionValues;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The properties of Kafka's clients: what Millrace needs, then what the user gave with {@code
 * kafka.…}. A property goes to the clients that know it; one that none knows goes to all, since
 * plug-ins of the clients have properties of their own.
 */
final class ClientSettings {
  private static final Logger LOG = LoggerFactory.getLogger(ClientSettings.class);
  private static final Set<String> CONSUMER = ConsumerConfig.configNames();
  private static final Set<String> PRODUCER = ProducerConfig.configNames();
  private static final Set<String> ADMIN = AdminClientConfig.configNames();

  /** How often a consumer is to be heard within its session. */
  private static final long HEARTBEATS = 3;

  /** What must not be set, with what to do instead. */
  private static final Map<String, String> RESERVED =
      Map.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "use option 'bootstrap.servers'",
          ConsumerConfig.GROUP_ID_CONFIG, "use option 'group.id'",
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "Millrace commits offsets itself",
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, "use option 'key.format'",
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, "use option 'format'",
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, "use option 'key.format'",
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, "use option 'format'",
          ProducerConfig.TRANSACTIONAL_ID_CONFIG, "Millrace names its transactions itself",
          ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG,
              "Millrace commits its transactions itself");

  /** What transactions need, with the values that say just that. */
  private static final Map<String, Set<String>> NEEDED_BY_TRANSACTIONS =
      Map.of(
          ProducerConfig.ACKS_CONFIG, Set.of("all", "-1"),
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, Set.of("true"));

  private final String servers;
  private final String group;
  private final String clientId;
  private final Map<String, String> given;

  private ClientSettings(String servers, String group, String clientId, Map<String, String> given) {
    this.servers = servers;
    this.group = group;
    this.clientId = clientId;
    this.given = given;
  }

  /**
   * Checks the properties that the user gave.
   *
   * @param given values by name, without the prefix {@code kafka.}
   * @throws MillraceException if one is reserved
   */
  static ClientSettings of(
      String servers, String group, String clientId, Map<String, String> given) {
    Set<String> known = new HashSet<>(CONSUMER);
    known.addAll(PRODUCER);
    known.addAll(ADMIN);
    for (String name : given.keySet()) {
      String instead = RESERVED.get(name);
      if (instead != null) {
        throw new MillraceException("option 'kafka." + name + "' cannot be set: " + instead);
      }
      if (!known.contains(name)) {
        LOG.warn(
            "Kafka's clients have no property '{}'{}; it is passed on for their plug-ins",
            name,
            NearestName.hint(name, known).map(hint -> " (" + hint + ")").orElse(""));
      }
    }
    return new ClientSettings(servers, group, clientId, new TreeMap<>(given));
  }

  /** The same for clients with another group and name. */
  ClientSettings ofGroup(String otherGroup, String otherId) {
    return new ClientSettings(servers, otherGroup, otherId, given);
  }

  /**
   * The settings of a consumer of an internal topic, which reads what is committed, and all of it,
   * whatever the user wants of other topics.
   */
  Map<String, Object> exchangeConsumer() {
    Map<String, Object> settings = consumer();
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return settings;
  }

  Map<String, Object> consumer() {
    Map<String, Object> settings = common();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Records that are gone are an error, not a silent jump; where to begin is worked out before.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 4096);
    addGiven(settings, CONSUMER);
    find(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)
        .flatMap(OptionValues::parseLong)
        .ifPresent(session -> addHeartbeat(settings, session));
    return settings;
  }

  /** Within a session a consumer is to be heard several times, if the user does not say when. */
  static void addHeartbeat(Map<String, Object> settings, long sessionMillis) {
    settings.putIfAbsent(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        (int) Math.min(sessionMillis / HEARTBEATS, Integer.MAX_VALUE));
  }

  Map<String, Object> producer() {
    Map<String, Object> settings = common();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 120_000L);
    addGiven(settings, PRODUCER);
    return settings;
  }

  /**
   * The settings of a producer of exactly-once sinks.
   *
   * @throws MillraceException if the user gave something that transactions do not go with
   */
  Map<String, Object> transactional(String id, Duration timeout) {
    NEEDED_BY_TRANSACTIONS.forEach(
        (name, values) -> {
          String value = given.get(name);
          if (value != null && !values.contains(value.trim().toLowerCase(Locale.ROOT))) {
            throw new MillraceException(
                "option 'kafka."
                    + name
                    + "' = '"
                    + value
                    + "' does not go with exactly-once sinks, whose transactions decide it; leave"
                    + " it out");
          }
        });
    Map<String, Object> settings = producer();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
    settings.putIfAbsent(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(timeout.toMillis()));
    if (!given.containsKey(ProducerConfig.CLIENT_ID_CONFIG)) {
      settings.put(ProducerConfig.CLIENT_ID_CONFIG, id);
    }
    return settings;
  }

  /** Whether the user wants to go on elsewhere where a position is not there. */
  boolean resetsOffsets() {
    return !find(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG).orElse("none").equals("none");
  }

  /** The value that the user gave for a property. */
  Optional<String> find(String property) {
    return Optional.ofNullable(given.get(property));
  }

  Map<String, Object> admin() {
    Map<String, Object> settings = common();
    addGiven(settings, ADMIN);
    return settings;
  }

  private Map<String, Object> common() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
    return settings;
  }

  private void addGiven(Map<String, Object> settings, Set<String> knownHere) {
    given.forEach(
        (name, value) -> {
          boolean knownElsewhere =
              CONSUMER.contains(name) || PRODUCER.contains(name) || ADMIN.contains(name);
          if (knownHere.contains(name) || !knownElsewhere) {
            settings.put(name, value);
          }
        });
  }
}
