package io.millrace.connectors.kafka;

import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The pseudo-columns of a record, in the order in which the connector declares them. */
enum MetadataColumn {
  /** The record key as text, NULL without one; a key that is no UTF-8 makes a bad record. */
  ROWKEY {
    @Override
    @Nullable Object of(ConsumerRecord<byte[], byte[]> record) {
      byte[] key = record.key();
      return key == null ? null : Utf8.decode(key, "ROWKEY: the record key");
    }
  },
  /** The number of the partition. */
  ROWPARTITION {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record) {
      return (long) record.partition();
    }
  },
  /** The offset in the partition. */
  ROWOFFSET {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record) {
      return record.offset();
    }
  },
  /** The headers; of several with one name the last. */
  ROWHEADERS {
    @Override
    Object of(ConsumerRecord<byte[], byte[]> record) {
      Map<String, @Nullable String> headers = new LinkedHashMap<>();
      for (Header header : record.headers()) {
        byte[] value = header.value();
        headers.put(header.key(), value == null ? null : new String(value, StandardCharsets.UTF_8));
      }
      return Collections.unmodifiableMap(headers);
    }
  };

  private static final MetadataColumn[] ALL = values();

  /** The boxed internal value for a record. */
  abstract @Nullable Object of(ConsumerRecord<byte[], byte[]> record);

  /** The declarations of all pseudo-columns. */
  static List<Field> fields() {
    return Arrays.stream(ALL).map(column -> new Field(column.name(), column.type())).toList();
  }

  private DataType type() {
    return switch (this) {
      case ROWKEY -> DataType.STRING;
      case ROWPARTITION -> DataType.INT;
      case ROWOFFSET -> DataType.BIGINT;
      case ROWHEADERS -> DataType.map(DataType.STRING, DataType.STRING);
    };
  }

  /**
   * Writes those that a query reads.
   *
   * @throws io.millrace.spi.connector.DecodeException if one has no value of its type
   */
  static void write(ConsumerRecord<byte[], byte[]> record, RowWriter writer) {
    for (MetadataColumn column : ALL) {
      if (writer.wantsMetadata(column.ordinal())) {
        writer.setMetadata(column.ordinal(), column.of(record));
      }
    }
  }
}
