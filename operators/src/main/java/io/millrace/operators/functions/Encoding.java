package io.millrace.operators.functions;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.error.RowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** A way to write bytes as text: hexadecimal, Base64 or a character set. */
public abstract sealed class Encoding {
  private Encoding() {}

  static Encoding of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "hex" -> new Hex();
      case "base64" -> new Base64Text();
      case "utf8", "utf-8" -> new Characters(StandardCharsets.UTF_8);
      case "ascii" -> new Characters(StandardCharsets.US_ASCII);
      default -> new Characters(charset(name));
    };
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException ignored) { // said below
      throw new RowException(
          "unknown encoding '" + name + "': expected hex, base64, utf8, ascii or a character set");
    }
  }

  /** The text that the bytes are. */
  abstract String decode(Bytes bytes);

  /** The bytes that the text stands for. */
  abstract Bytes encode(String text);

  static final class Hex extends Encoding {
    private static final HexFormat FORMAT = HexFormat.of().withUpperCase();

    @Override
    String decode(Bytes bytes) {
      return FORMAT.formatHex(bytes.unsafeArray());
    }

    @Override
    Bytes encode(String text) {
      try {
        return Bytes.wrap(FORMAT.parseHex(text));
      } catch (IllegalArgumentException ignored) { // the row error says it
        throw new RowException("'" + shown(text) + "' is not hexadecimal");
      }
    }
  }

  static final class Base64Text extends Encoding {
    @Override
    String decode(Bytes bytes) {
      return Base64.getEncoder().encodeToString(bytes.unsafeArray());
    }

    @Override
    Bytes encode(String text) {
      try {
        return Bytes.wrap(Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException ignored) { // the row error says it
        throw new RowException("'" + shown(text) + "' is not Base64");
      }
    }
  }

  private static final class Characters extends Encoding {
    private final Charset charset;

    Characters(Charset charset) {
      this.charset = charset;
    }

    @Override
    String decode(Bytes bytes) {
      try {
        return charset.newDecoder().decode(ByteBuffer.wrap(bytes.unsafeArray())).toString();
      } catch (CharacterCodingException ignored) { // the row error says it
        throw new RowException("the bytes " + shown(bytes.toString()) + " are not " + charset);
      }
    }

    @Override
    Bytes encode(String text) {
      if (!charset.canEncode()) {
        throw new RowException("nothing can be encoded as " + charset);
      }
      try {
        ByteBuffer buffer = charset.newEncoder().encode(CharBuffer.wrap(text));
        return Bytes.copyOf(buffer.array(), buffer.arrayOffset(), buffer.limit());
      } catch (CharacterCodingException ignored) { // the row error says it
        throw new RowException("'" + shown(text) + "' cannot be written as " + charset);
      }
    }
  }

  private static String shown(String text) {
    return text.length() <= 50 ? text : text.substring(0, 50) + "…";
  }
}
