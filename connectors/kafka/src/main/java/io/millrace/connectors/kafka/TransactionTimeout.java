package io.millrace.connectors.kafka;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.OptionValues;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * For how long a broker leaves a transaction open: what the engine asks for and a margin for the
 * commit itself, or what the user gave. Not more than the brokers allow.
 */
final class TransactionTimeout {
  static final String BROKER_MAXIMUM = "transaction.max.timeout.ms";
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private TransactionTimeout() {}

  /**
   * Finds the timeout.
   *
   * @param longest the longest interval with its snapshot
   * @throws MillraceException if the user gave less than that
   */
  static Duration of(Duration longest, ClientSettings clients, KafkaErrors errors) {
    Optional<String> given = clients.find(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    if (given.isEmpty()) {
      return longest.plus(MARGIN);
    }
    long millis = OptionValues.parseLong(given.get()).orElse(-1L);
    if (millis <= longest.toMillis()) {
      throw errors.of(
          option()
              + " = '"
              + given.get()
              + "' is too short: an interval with its snapshot may take "
              + longest.toMillis()
              + " ms; leave the option out, or give more than that");
    }
    return Duration.ofMillis(millis);
  }

  /**
   * Compares with the brokers' maximum.
   *
   * @throws MillraceException if they allow less
   */
  static void check(Duration timeout, Duration longest, Duration allowed, KafkaErrors errors) {
    if (timeout.compareTo(allowed) > 0) {
      throw errors.of(
          "a transaction needs a 'transaction.timeout.ms' of "
              + timeout.toMillis()
              + ", since an interval with its snapshot may take "
              + longest.toMillis()
              + " ms, but Kafka at "
              + errors.servers()
              + " has a '"
              + BROKER_MAXIMUM
              + "' of "
              + allowed.toMillis()
              + "; make intervals shorter, raise the brokers' maximum, or give a smaller "
              + option());
    }
  }

  /** As errors name it. */
  static String option() {
    return "option 'kafka." + ProducerConfig.TRANSACTION_TIMEOUT_CONFIG + "'";
  }
}
