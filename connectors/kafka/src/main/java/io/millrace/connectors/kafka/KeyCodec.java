package io.millrace.connectors.kafka;

import io.millrace.spi.data.Batch;
import org.jspecify.annotations.Nullable;

/** Writes the key columns of a row as the key of a record, and reads them. Used by one thread. */
interface KeyCodec {

  /** The key of a row; null where the format has no form for NULL. */
  byte @Nullable [] encode(Batch batch, int row);

  /**
   * The boxed internal values of the key columns, in their order; valid until the next call.
   *
   * @throws io.millrace.spi.connector.DecodeException if the bytes are no such key
   */
  @Nullable Object[] decode(byte[] key);
}
