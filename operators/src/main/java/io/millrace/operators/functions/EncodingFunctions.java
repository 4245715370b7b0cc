package io.millrace.operators.functions;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.function.Prepared;
import io.millrace.spi.function.ScalarFunction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Bytes as text and text as bytes. Encodings are hex, base64, utf8, ascii and the character sets of
 * the JDK.
 */
public final class EncodingFunctions {
  private static final Encoding HEX = new Encoding.Hex();
  private static final Encoding BASE64 = new Encoding.Base64Text();

  private EncodingFunctions() {}

  /** Finds the encoding of a name. */
  public static Encoding encoding(String name) {
    return Encoding.of(name);
  }

  private static Bytes utf8(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @ScalarFunction(
      name = "to_base64",
      signature = "(BYTES) -> STRING",
      description = "The bytes as Base64.",
      category = Category.ENCODING,
      examples = {"to_base64(to_bytes('FF', 'hex')) = '/w=='"})
  public static String toBase64(Bytes bytes) {
    return BASE64.decode(bytes);
  }

  @ScalarFunction(
      name = "to_base64",
      signature = "(STRING) -> STRING",
      description = "The UTF-8 bytes of a text as Base64.",
      category = Category.ENCODING,
      examples = {"to_base64('hello') = 'aGVsbG8='"})
  public static String toBase64(String text) {
    return BASE64.decode(utf8(text));
  }

  @ScalarFunction(
      name = "from_base64",
      signature = "(STRING) -> BYTES",
      description = "The bytes that a Base64 text stands for.",
      category = Category.ENCODING,
      examples = {"from_bytes(from_base64('aGVsbG8='), 'utf8') = 'hello'"},
      canFail = true)
  public static Bytes fromBase64(String text) {
    return BASE64.encode(text);
  }

  @ScalarFunction(
      name = {"to_hex", "hex"},
      signature = "(BYTES) -> STRING",
      description = "The bytes as hexadecimal digits.",
      category = Category.ENCODING,
      examples = {"to_hex(from_base64('/w==')) = 'FF'"})
  public static String toHex(Bytes bytes) {
    return HEX.decode(bytes);
  }

  @ScalarFunction(
      name = {"to_hex", "hex"},
      signature = "(STRING) -> STRING",
      description = "The UTF-8 bytes of a text as hexadecimal digits.",
      category = Category.ENCODING,
      examples = {"to_hex('az') = '617A'"})
  public static String toHex(String text) {
    return HEX.decode(utf8(text));
  }

  @ScalarFunction(
      name = {"to_hex", "hex"},
      signature = "(BIGINT) -> STRING",
      description = "A number in hexadecimal, a negative one as its two's complement.",
      category = Category.ENCODING,
      examples = {"to_hex(255) = 'FF'", "to_hex(-1) = 'FFFFFFFFFFFFFFFF'"})
  public static String toHex(long number) {
    return Long.toHexString(number).toUpperCase(Locale.ROOT);
  }

  @ScalarFunction(
      name = {"from_hex", "unhex"},
      signature = "(STRING) -> BYTES",
      description = "The bytes that hexadecimal digits stand for.",
      category = Category.ENCODING,
      examples = {"from_bytes(from_hex('617a'), 'utf8') = 'az'"},
      canFail = true)
  public static Bytes fromHex(String text) {
    return HEX.encode(text);
  }

  @ScalarFunction(
      name = {"to_bytes", "encode"},
      signature = "(STRING, STRING) -> BYTES",
      description = "The bytes that a text stands for in an encoding.",
      category = Category.ENCODING,
      examples = {"to_hex(to_bytes('€', 'utf8')) = 'E282AC'"},
      canFail = true)
  public static Bytes toBytes(String text, @Prepared("encoding") Encoding encoding) {
    return encoding.encode(text);
  }

  @ScalarFunction(
      name = {"from_bytes", "decode"},
      signature = "(BYTES, STRING) -> STRING",
      description = "The text that bytes are in an encoding.",
      category = Category.ENCODING,
      examples = {"from_bytes(from_hex('E282AC'), 'utf8') = '€'"},
      canFail = true)
  public static String fromBytes(Bytes bytes, @Prepared("encoding") Encoding encoding) {
    return encoding.decode(bytes);
  }

  @ScalarFunction(
      name = "encode",
      signature = "(STRING, STRING, STRING) -> STRING",
      description = "A text in one encoding written in another.",
      category = Category.ENCODING,
      examples = {
        "encode('hello', 'utf8', 'hex') = '68656C6C6F'",
        "encode('aGVsbG8=', 'base64', 'utf8') = 'hello'"
      },
      canFail = true)
  public static String encode(
      String text, @Prepared("encoding") Encoding from, @Prepared("encoding") Encoding to) {
    return to.decode(from.encode(text));
  }

  @ScalarFunction(
      name = "encode",
      signature = "(BYTES, STRING) -> STRING",
      description = "The bytes as text in an encoding.",
      category = Category.ENCODING,
      examples = {"encode(from_hex('FF'), 'base64') = '/w=='"},
      canFail = true)
  public static String encode(Bytes bytes, @Prepared("encoding") Encoding encoding) {
    return encoding.decode(bytes);
  }

  @ScalarFunction(
      name = "decode",
      signature = "(STRING, STRING) -> BYTES",
      description = "The bytes that a text stands for in an encoding.",
      category = Category.ENCODING,
      examples = {"to_hex(decode('/w==', 'base64')) = 'FF'"},
      canFail = true)
  public static Bytes decode(String text, @Prepared("encoding") Encoding encoding) {
    return encoding.encode(text);
  }
}
