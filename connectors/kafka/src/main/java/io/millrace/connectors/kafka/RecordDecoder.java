package io.millrace.connectors.kafka;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.StreamDefinition;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of records: the value through the stream's format, key columns that it lacks from the
 * record key, pseudo-columns from the record. A record that cannot be decoded is rejected under the
 * name {@code topic-partition@offset}.
 */
final class RecordDecoder {
  private static final byte[] NO_BYTES = new byte[0];

  private final Decoder decoder;
  private final boolean isTable;
  private final @Nullable KeyedRowWriter keyed;

  /** What the origin describes; one object for all records, so that none is made for each. */
  private final Current current = new Current();

  RecordDecoder(StreamDefinition stream, Decoder decoder) {
    this.decoder = decoder;
    this.isTable = stream.isTable();
    Optional<KeyCodec> codec = KeyFormat.codec(stream);
    this.keyed = codec.map(found -> new KeyedRowWriter(stream, found)).orElse(null);
  }

  /** Writes the rows of one record. */
  void decode(ConsumerRecord<byte[], byte[]> record, RowWriter writer) {
    current.topic = record.topic();
    current.partition = record.partition();
    current.offset = record.offset();
    long time = record.timestamp() < 0 ? RowWriter.NO_TIME : record.timestamp();
    writer.record(current, time);
    byte[] value = record.value();
    try {
      MetadataColumn.write(record, writer);
      if (value == null) {
        decodeEmpty(record, writer);
      } else {
        decoder.decode(
            value, 0, value.length, keyed == null ? writer : keyed.begin(writer, record.key()));
      }
    } catch (DecodeException e) {
      byte[] bytes = value == null ? NO_BYTES : value;
      writer.reject(bytes, 0, bytes.length, e.message());
    }
  }

  private void decodeEmpty(ConsumerRecord<byte[], byte[]> record, RowWriter writer) {
    if (isTable && keyed != null) {
      keyed.begin(writer, record.key()).writeDeletion();
    } else {
      writer.skipEmpty();
    }
  }

  /** Names the record that is being decoded. */
  private static final class Current implements RecordOrigin {
    private String topic = "";
    private int partition;
    private long offset;

    @Override
    public String describe() {
      return topic + "-" + partition + "@" + offset;
    }
  }
}
