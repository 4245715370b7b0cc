package io.millrace.connectors.kafka;

import io.millrace.spi.connector.DecodeException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text of record keys. */
final class Utf8 {
  private Utf8() {}

  /**
   * The text of the bytes.
   *
   * @param what what the bytes are, for the error
   * @throws DecodeException if they are not UTF-8: nothing is replaced silently
   */
  static String decode(byte[] bytes, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new DecodeException(
          what + " is not UTF-8 text; declare a column BYTES KEY with 'key.format' = 'raw'");
    }
  }
}
