package io.millrace.connectors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.spi.connector.StreamDefinition;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names of clusters, by which streams on the same one are recognized. */
final class SystemName {
  private SystemName() {}

  /** The servers, whatever the order in which they were given. */
  static String cluster(StreamDefinition stream) {
    return Arrays.stream(stream.options().getString("bootstrap.servers").split(","))
        .map(server -> server.trim().toLowerCase(Locale.ROOT))
        .filter(server -> !server.isEmpty())
        .sorted()
        .distinct()
        .collect(Collectors.joining(","));
  }

  /**
   * The cluster, and the properties with which it is reached: a producer has one user and one way
   * of writing. Their values, which may be secrets, are part of the name as a checksum only.
   */
  static String system(StreamDefinition stream) {
    Map<String, String> given = new TreeMap<>(stream.options().withPrefix("kafka."));
    String cluster = "Kafka at '" + cluster(stream) + "'";
    return given.isEmpty()
        ? cluster
        : cluster
            + " with "
            + given.keySet().stream().map(name -> "'kafka." + name + "'").toList()
            + " "
            + checksum(given.toString());
  }

  private static String checksum(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
