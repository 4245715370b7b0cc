package io.millrace.connectors.kafka;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of rows. The key columns are the record key, the event time is the timestamp (0 if
 * it is before 1970, which Kafka does not know). A deletion of a table with a key is a record
 * without a value.
 */
final class RowEncoder {
  private final StreamDefinition stream;
  private final String topic;
  private final Encoder encoder;
  private final @Nullable KeyCodec keys;

  /** Whether rows are upserts and tombstones, and not changes with their kind written out. */
  private final boolean upserts;

  private final ByteOutput bytes = new ByteOutput(256);

  RowEncoder(StreamDefinition stream, String topic, Encoder encoder, boolean showsRowKind) {
    this.stream = stream;
    this.topic = topic;
    this.encoder = encoder;
    Optional<KeyCodec> codec = KeyFormat.codec(stream);
    this.keys = codec.orElse(null);
    this.upserts = stream.isTable() && !showsRowKind && codec.isPresent();
  }

  /**
   * An encoder for a sink whose topic is there.
   *
   * @throws MillraceException with cause and remedy, if it is not, or the options name no single
   *     one
   */
  static RowEncoder open(StreamDefinition stream, KafkaOptions options, SinkContext context) {
    String topic = options.topics().single();
    RowEncoder encoder = new RowEncoder(stream, topic, context.encoder(), context.showsRowKind());
    Cluster.partitions(options, KafkaErrors.ofStream(stream.name(), options));
    return encoder;
  }

  /**
   * The record of a row; null if the row needs none.
   *
   * @throws MillraceException if a row of a table has no key
   */
  @Nullable ProducerRecord<byte[], byte[]> encode(Batch batch, int row) {
    byte[] key = keys == null ? null : keys.encode(batch, row);
    long time = Math.max(0, batch.rowtimes()[row]);
    if (!upserts) {
      return new ProducerRecord<>(topic, null, time, key, value(batch, row));
    }
    RowKind kind = batch.kind(row);
    if (kind == RowKind.UPDATE_BEFORE) {
      return null; // the new row overwrites the old one
    }
    if (key == null) {
      throw new MillraceException(
          "stream '"
              + stream.name()
              + "': a row of this table has NULL in its key column '"
              + stream.schema().name(stream.keyColumns().get(0))
              + "', which a record key cannot hold; leave such rows out with WHERE, or set"
              + " 'key.format' = 'json'");
    }
    byte[] value = kind == RowKind.DELETE ? null : value(batch, row);
    return new ProducerRecord<>(topic, null, time, key, value);
  }

  private byte[] value(Batch batch, int row) {
    bytes.clear();
    encoder.encode(batch, row, bytes);
    return bytes.toByteArray();
  }
}
