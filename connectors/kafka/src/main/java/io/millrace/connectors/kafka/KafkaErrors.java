package io.millrace.connectors.kafka;

import io.millrace.spi.connector.TakenOverException;
import io.millrace.spi.error.MillraceException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says in words for people what Kafka's clients report, for one stream or one job. */
final class KafkaErrors {
  private final String subject;
  private final KafkaOptions options;

  private KafkaErrors(String subject, KafkaOptions options) {
    this.subject = subject;
    this.options = options;
  }

  static KafkaErrors ofStream(String stream, KafkaOptions options) {
    return new KafkaErrors("stream '" + stream + "'", options);
  }

  /** What concerns all streams of a job that are on one cluster. */
  static KafkaErrors ofJob(String job, KafkaOptions options) {
    return new KafkaErrors("job '" + job + "'", options);
  }

  /**
   * Makes a client.
   *
   * @throws MillraceException if its settings are not valid
   */
  <T> T connecting(Supplier<T> client) {
    try {
      return client.get();
    } catch (KafkaException e) {
      throw of("cannot connect to Kafka", e);
    }
  }

  /**
   * An error that says where, what and why, and what to do.
   *
   * @param what what could not be done, such as {@code cannot read topic 'trades'}
   */
  MillraceException of(String what, Throwable error) {
    return because(what, explain(root(error)), error);
  }

  /** An error whose reason is known better than the client tells. */
  MillraceException because(String what, String reason, Throwable error) {
    if (error instanceof InterruptException) {
      Thread.currentThread().interrupt();
    }
    String message = about(what + ": " + reason);
    return isFenced(error)
        ? new TakenOverException(message, root(error))
        : new MillraceException(message, root(error));
  }

  /** An error that no client reported. */
  MillraceException of(String what) {
    return new MillraceException(about(what));
  }

  /** Whether a producer was told that its transactional id is no longer its own. */
  static boolean isFenced(Throwable error) {
    Throwable cause = root(error);
    return cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException;
  }

  /** A line for the log. */
  String about(String what) {
    return subject + ": " + what;
  }

  /** A line for the log about the brokers. */
  String aboutKafka(String what) {
    return about("Kafka at " + servers() + ": " + what);
  }

  /** The address, as errors mention it. */
  String servers() {
    return "'" + options.servers() + "'";
  }

  /** The wrappers of the clients say nothing that their causes do not say better. */
  private static Throwable root(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause.getClass() == KafkaException.class)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private String explain(Throwable cause) {
    if (cause instanceof TimeoutException
        || cause instanceof java.util.concurrent.TimeoutException) {
      return "Kafka at "
          + servers()
          + " gave no answer in time ("
          + BrokerProbe.describe(options.servers())
          + "); check that it runs, that option 'bootstrap.servers' is right, and that"
          + " 'kafka.security.protocol' is what the broker expects";
    }
    if (cause instanceof SslAuthenticationException) {
      return "the TLS handshake with Kafka at "
          + servers()
          + " failed ("
          + text(cause)
          + "); check 'kafka.security.protocol' and the 'kafka.ssl.…' options";
    }
    if (cause instanceof AuthenticationException) {
      return "Kafka at "
          + servers()
          + " refused the credentials ("
          + text(cause)
          + "); check 'kafka.sasl.mechanism' and 'kafka.sasl.jaas.config'";
    }
    if (cause instanceof ConfigException) {
      return "Kafka's client refuses its settings: "
          + text(cause)
          + "; check option 'bootstrap.servers' and the 'kafka.…' options";
    }
    return explainAnswer(cause);
  }

  private String explainAnswer(Throwable cause) {
    Optional<String> right = explainRight(cause);
    if (right.isPresent()) {
      return right.get();
    }
    if (isFenced(cause)) {
      return "another process of the job has taken over, or Kafka aborted the transaction since it"
          + " was open for too long";
    }
    if (cause instanceof UnknownTopicOrPartitionException) {
      return "the topic does not exist any more";
    }
    if (cause instanceof RecordTooLargeException) {
      return "a record is too large ("
          + text(cause)
          + "); raise 'kafka.max.request.size' and the topic's 'max.message.bytes', or send less"
          + " in a row";
    }
    if (cause instanceof InvalidTimestampException) {
      return "the broker refuses the time of a record ("
          + text(cause)
          + "); the event time of a row is the timestamp of its record: see the topic's"
          + " 'message.timestamp.after.max.ms' and 'message.timestamp.before.max.ms'";
    }
    if (cause instanceof OffsetOutOfRangeException gone) {
      return "the broker has deleted records that were not read yet (wanted "
          + gone.offsetOutOfRangePartitions()
          + "); keep the topic's records for longer, or go on with what is left by"
          + " 'kafka.auto.offset.reset' = 'earliest'";
    }
    if (cause instanceof InvalidReplicationFactorException) {
      return text(cause) + "; set option 'topic.replication' to at most the number of brokers";
    }
    if (cause instanceof UnsupportedVersionException) {
      return "the broker is too old for this client (" + text(cause) + ")";
    }
    return text(cause);
  }

  /** Which right is missing; empty if that is not what was answered. */
  private static Optional<String> explainRight(Throwable cause) {
    if (cause instanceof TopicAuthorizationException topic) {
      return Optional.of(
          "this user may not access "
              + topic.unauthorizedTopics()
              + "; have the topic's access rights extended, or use another user");
    }
    if (cause instanceof GroupAuthorizationException group) {
      return Optional.of(
          "this user may not use the consumer group '"
              + group.groupId()
              + "'; have its access rights extended, or set option 'group.id'");
    }
    if (cause instanceof TransactionalIdAuthorizationException) {
      return Optional.of(
          "this user may not use the job's transactional ids, which begin with the job's name"
              + " and '.millrace-'; grant it Write and Describe on that prefix");
    }
    if (cause instanceof ClusterAuthorizationException) {
      return Optional.of("this user lacks a right on the cluster (" + text(cause) + ")");
    }
    return Optional.empty();
  }

  /** The message of an error of a client, to be followed by others. */
  static String text(Throwable cause) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return cause.getClass().getSimpleName();
    }
    String line = message.strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
