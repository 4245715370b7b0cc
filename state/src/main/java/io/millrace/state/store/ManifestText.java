package io.millrace.state.store;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A manifest as text, UTF-8, for people to look at. The last line is SHA-256 of all before, and is
 * the manifest's checksum. All versions have the first line and the last one in common.
 *
 * <pre>
 * millrace-snapshot 1
 * job "orders"
 * id 42
 * taken 1795255200000
 * attribute "script" "SELECT …"
 * section "query 1"
 * part full 0b2c….data 0 65536 1f2e3d4c
 * part changes 9a8b….data 128 512 00c0ffee
 * sha256 57ab…
 * </pre>
 *
 * <p>A part is its file, offset, length, and CRC-32C.
 */
final class ManifestText {
  static final String BEGIN = "millrace-snapshot ";
  static final int VERSION = 1;

  private static final String LAST_LINE = "sha256 ";
  private static final int LAST_LINE_LENGTH = LAST_LINE.length() + 64 + 1;

  private ManifestText() {}

  /** A manifest in both its forms. */
  record Written(Manifest manifest, String text) {}

  static Written write(
      String job,
      long id,
      long takenAtMillis,
      Map<String, String> attributes,
      List<Section> sections) {
    StringBuilder out = new StringBuilder(BEGIN).append(VERSION).append('\n');
    out.append("job ").append(QuotedText.quote(job)).append('\n');
    out.append("id ").append(id).append('\n');
    out.append("taken ").append(takenAtMillis).append('\n');
    attributes.forEach(
        (name, value) ->
            out.append("attribute ")
                .append(QuotedText.quote(name))
                .append(' ')
                .append(QuotedText.quote(value))
                .append('\n'));
    for (Section section : sections) {
      out.append("section ").append(QuotedText.quote(section.name())).append('\n');
      section.parts().forEach(part -> append(part, out));
    }
    byte[] content = out.toString().getBytes(StandardCharsets.UTF_8);
    String checksum = checksum(content, content.length);
    out.append(LAST_LINE).append(checksum).append('\n');
    return new Written(
        new Manifest(job, id, takenAtMillis, attributes, sections, checksum), out.toString());
  }

  /**
   * Reads a manifest.
   *
   * @param file for messages
   * @throws io.millrace.spi.snapshot.DamagedSnapshotException if it is not what was written
   */
  static Manifest read(byte[] bytes, Path file) {
    int end = bytes.length - LAST_LINE_LENGTH;
    if (end < 0) {
      throw StoreErrors.damaged(file, "it is cut off, or is no manifest");
    }
    String checksum = checksum(bytes, end);
    if (!Arrays.equals(bytes, end, bytes.length, lastLine(checksum), 0, LAST_LINE_LENGTH)) {
      throw StoreErrors.damaged(file, "it does not hold the bytes that were written");
    }
    String content = new String(bytes, 0, end, StandardCharsets.UTF_8);
    return new ManifestParser(content, checksum, file).parse();
  }

  /** Whether these bytes begin as a manifest does. */
  static boolean isBegin(byte[] bytes) {
    int length = BEGIN.length();
    return bytes.length >= length
        && new String(bytes, 0, length, StandardCharsets.ISO_8859_1).equals(BEGIN);
  }

  private static void append(Part part, StringBuilder out) {
    out.append("part ")
        .append(part.isFull() ? "full " : "changes ")
        .append(part.file())
        .append(' ')
        .append(part.offset())
        .append(' ')
        .append(part.length())
        .append(' ')
        .append(HexFormat.of().toHexDigits(part.checksum()))
        .append('\n');
  }

  private static byte[] lastLine(String checksum) {
    return (LAST_LINE + checksum + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  private static String checksum(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
