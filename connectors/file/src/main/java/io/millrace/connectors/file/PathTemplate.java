package io.millrace.connectors.file;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.text.TextWriter;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * The path of a sink: one file, or with {@code {column}} or {@code {column:pattern}} a file per
 * value. A value never names another folder: what is no letter, digit, or one of {@code -_.=+@} is
 * written as {@code %XX}, NULL as {@code %null}. Immutable.
 */
final class PathTemplate {
  private static final String PLAIN = "-_.=+@ ";
  private static final int LONGEST_VALUE = 120;

  private final List<Part> parts;
  private final boolean isFixed;

  private PathTemplate(List<Part> parts) {
    this.parts = parts;
    this.isFixed = parts.stream().allMatch(Literal.class::isInstance);
  }

  /** A part of the path of a row's file. */
  private sealed interface Part {
    void append(Batch batch, int row, StringBuilder path);
  }

  /** Text that every path has. */
  private record Literal(String text) implements Part {
    @Override
    public void append(Batch batch, int row, StringBuilder path) {
      path.append(text);
    }
  }

  /** The value of a column. */
  private record Value(int index, TextWriter writer) implements Part {
    @Override
    public void append(Batch batch, int row, StringBuilder path) {
      Column column = batch.column(index);
      if (column.isNull(row)) {
        path.append("%null");
        return;
      }
      ByteOutput out = new ByteOutput(32);
      writer.write(column, row, out);
      appendSafely(out.toByteArray(), path);
    }
  }

  /** A time by a pattern, in UTC; a slash in the pattern is one in the path. */
  private record Time(int index, boolean isDate, DateTimeFormatter pattern) implements Part {
    @Override
    public void append(Batch batch, int row, StringBuilder path) {
      Column column = batch.column(index);
      if (column.isNull(row)) {
        path.append("%null");
        return;
      }
      long value = ((LongColumn) column).values()[row];
      path.append(
          isDate
              ? pattern.format(LocalDate.ofEpochDay(value).atStartOfDay())
              : pattern.format(Instant.ofEpochMilli(value).atOffset(ZoneOffset.UTC)));
    }
  }

  static PathTemplate parse(String text, Schema schema) {
    List<Part> parts = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      if (open < 0) {
        parts.add(new Literal(text.substring(at)));
        break;
      }
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new MillraceException("path '" + text + "' has a '{' without '}'");
      }
      if (open > at) {
        parts.add(new Literal(text.substring(at, open)));
      }
      parts.add(column(text.substring(open + 1, close), text, schema));
      at = close + 1;
    }
    return new PathTemplate(parts);
  }

  /** The folder that all files are in, or in folders of it. */
  Path folder() {
    String begin = !parts.isEmpty() && parts.get(0) instanceof Literal first ? first.text() : "";
    return Disk.folderOf(FileOptions.path(begin + "x"));
  }

  /** Whether all rows go into one file. */
  boolean isFixed() {
    return isFixed;
  }

  /** The path of all rows, if it is fixed. */
  void appendLiterals(StringBuilder path) {
    for (Part part : parts) {
      if (part instanceof Literal literal) {
        path.append(literal.text());
      }
    }
  }

  /** The path of a row's file. */
  void append(Batch batch, int row, StringBuilder path) {
    for (Part part : parts) {
      part.append(batch, row, path);
    }
  }

  private static Part column(String text, String path, Schema schema) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    int index = schema.indexOf(name);
    if (index < 0) {
      String hint =
          NearestName.hint(name, schema.names())
              .orElse("the columns are " + String.join(", ", schema.names()));
      throw new MillraceException(
          "path '" + path + "' names the unknown column '" + name + "'; " + hint);
    }
    DataType type = schema.type(index);
    if (colon < 0) {
      return new Value(
          index,
          TextWriter.of(type)
              .orElseThrow(
                  () ->
                      new MillraceException(
                          "path '" + path + "': column '" + name + "' is no scalar value")));
    }
    if (type != DataType.TIMESTAMP && type != DataType.DATE) {
      throw new MillraceException(
          "path '"
              + path
              + "': a pattern needs a TIMESTAMP or DATE, but '"
              + name
              + "' is "
              + type.sql());
    }
    return new Time(index, type == DataType.DATE, pattern(text.substring(colon + 1), path));
  }

  private static DateTimeFormatter pattern(String pattern, String path) {
    try {
      return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new MillraceException(
          "path '" + path + "': '" + pattern + "' is no pattern of a time: " + e.getMessage(), e);
    }
  }

  /** Two values never give the same text; long ones end with a checksum. */
  private static void appendSafely(byte[] value, StringBuilder path) {
    int start = path.length();
    for (byte b : value) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
      boolean leadingDot = c == '.' && path.length() == start;
      if (plain && !leadingDot) {
        path.append(c);
      } else {
        path.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xFF));
      }
    }
    if (path.length() == start) {
      path.append("%empty");
    } else if (path.length() - start > LONGEST_VALUE) {
      CRC32 crc = new CRC32();
      crc.update(value);
      path.setLength(start + LONGEST_VALUE);
      path.append('%').append(Long.toHexString(crc.getValue()));
    }
  }
}
