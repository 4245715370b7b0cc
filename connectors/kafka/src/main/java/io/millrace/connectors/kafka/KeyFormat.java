package io.millrace.connectors.kafka;

import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The ways to write key columns in the key of a record: the values of option {@code key.format}.
 */
enum KeyFormat {
  /** The text of one value. */
  STRING,
  /** A JSON object of the key columns. */
  JSON,
  /** One value as Kafka's own serializers write it: bytes, UTF-8, or a big-endian number. */
  RAW;

  /** The values of the option. */
  static List<String> names() {
    return Arrays.stream(values()).map(KeyFormat::option).toList();
  }

  private String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The codec for the key columns of a stream; empty if it has none.
   *
   * @throws MillraceException if the chosen format cannot hold them
   */
  static Optional<KeyCodec> codec(StreamDefinition stream) {
    if (stream.keyColumns().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(of(stream).create(stream));
  }

  /** The format of a stream with key columns, as it says or by default. */
  static KeyFormat of(StreamDefinition stream) {
    return stream
        .options()
        .findString("key.format")
        .map(text -> valueOf(text.toUpperCase(Locale.ROOT)))
        .orElseGet(() -> defaultFor(stream));
  }

  private static KeyFormat defaultFor(StreamDefinition stream) {
    if (stream.keyColumns().size() > 1) {
      return JSON;
    }
    DataType type = stream.schema().type(stream.keyColumns().get(0));
    if (type == DataType.BYTES) {
      return RAW;
    }
    return TextKey.supports(type) ? STRING : JSON;
  }

  private KeyCodec create(StreamDefinition stream) {
    if (this == JSON) {
      return JsonKey.of(stream);
    }
    if (stream.keyColumns().size() > 1) {
      throw new MillraceException(
          "option 'key.format' = '"
              + option()
              + "' holds one KEY column, but '"
              + stream.name()
              + "' has "
              + stream.keyColumns().size()
              + "; use 'json'");
    }
    int column = stream.keyColumns().get(0);
    DataType type = stream.schema().type(column);
    if (this == STRING ? !TextKey.supports(type) : !RawKey.supports(type)) {
      throw new MillraceException(
          "option 'key.format' = '"
              + option()
              + "' cannot hold column '"
              + stream.schema().name(column)
              + "' of type "
              + type.sql()
              + "; use 'json'");
    }
    return this == STRING ? new TextKey(column, type) : new RawKey(column, type);
  }
}
