package io.millrace.state.store;

import io.millrace.spi.error.FileErrors;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key with which snapshots are encrypted: 32 bytes, as 64 hexadecimal digits or as Base64. No
 * message ever shows it.
 */
public final class SnapshotKey {
  static final int ID_LENGTH = 8;

  private static final int LENGTH = 32;
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{" + 2 * LENGTH + "}");
  private static final String MAC = "HmacSHA256";

  private final SecretKeySpec key;

  private SnapshotKey(byte[] bytes) {
    key = new SecretKeySpec(bytes, MAC);
  }

  /** Reads the key from a file that holds nothing else, but for white space around it. */
  public static SnapshotKey fromFile(Path file) {
    try {
      // One byte is one character, so that whatever is in the file is a text.
      return parse(
          Files.readString(file, StandardCharsets.ISO_8859_1), "the key file '" + file + "'");
    } catch (IOException e) {
      throw FileErrors.cannot("read the key file", file, e);
    }
  }

  /** Reads the key from a variable of the process's environment. */
  public static SnapshotKey fromEnvironment(String variable) {
    return fromEnvironment(variable, System.getenv());
  }

  static SnapshotKey fromEnvironment(String variable, Map<String, String> environment) {
    String text = environment.get(variable);
    if (text == null) {
      throw new MillraceException(
          "the environment variable '"
              + variable
              + "' is to hold the key of the snapshots, and is not set");
    }
    return parse(text, "the environment variable '" + variable + "'");
  }

  private static SnapshotKey parse(String text, String place) {
    String digits = text.strip();
    if (digits.isEmpty()) {
      throw new MillraceException(place + " is empty, " + EXPECTED);
    }
    if (HEX.matcher(digits).matches()) {
      return new SnapshotKey(HexFormat.of().parseHex(digits));
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(digits);
    } catch (IllegalArgumentException ignored) { // its message shows a part of the key
      throw new MillraceException(place + " holds something else than a key, " + EXPECTED);
    }
    if (bytes.length != LENGTH) {
      throw new MillraceException(
          place + " holds a key of " + bytes.length + " bytes (read as Base64), " + EXPECTED);
    }
    return new SnapshotKey(bytes);
  }

  private static final String EXPECTED =
      "expected 32 bytes as 64 hexadecimal digits or as Base64; 'openssl rand -hex 32' makes one";

  /** Tells keys apart without saying anything about them. */
  byte[] id() {
    byte[] digest = mac("millrace snapshot key".getBytes(StandardCharsets.US_ASCII));
    return Arrays.copyOf(digest, ID_LENGTH);
  }

  /**
   * The key of one file: of what is said in its head, which holds random bytes. So no two files
   * share a key, and a block of one is worth nothing in another.
   */
  SecretKey ofFile(byte[] head) {
    return new SecretKeySpec(mac(head), "AES");
  }

  private byte[] mac(byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + MAC, e);
    }
  }

  @Override
  public String toString() {
    return "SnapshotKey";
  }
}
