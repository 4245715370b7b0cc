package io.millrace.formats.csv;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.text.Utf8;
import java.util.Arrays;

/** Splits records into fields. The fields of a record are valid until the next one is split. */
final class CsvFields {
  private final CsvDialect dialect;
  private char[] text = new char[256];
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private boolean[] quoted = new boolean[16];
  private int count;

  CsvFields(CsvDialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Splits a record without its line end.
   *
   * @throws DecodeException if it is no UTF-8 or its quotes are wrong
   */
  void split(byte[] bytes, int offset, int length) {
    int invalid = Utf8.findInvalid(bytes, offset, length);
    if (invalid >= 0) {
      throw new DecodeException("not valid UTF-8 at byte " + invalid);
    }
    if (text.length < length) {
      text = new char[Math.max(length, 2 * text.length)];
    }
    int end = Utf8.decode(bytes, offset, length, text);
    count = 0;
    int at = 0;
    while (true) {
      at = at < end && text[at] == dialect.quote() ? quotedField(at, end) : plainField(at, end);
      if (at == end) {
        return;
      }
      at++;
    }
  }

  /** The characters in which the fields lie. */
  char[] text() {
    return text;
  }

  int count() {
    return count;
  }

  int start(int field) {
    return starts[field];
  }

  int length(int field) {
    return ends[field] - starts[field];
  }

  /** Whether the field is empty without quotes. */
  boolean isNull(int field) {
    return ends[field] == starts[field] && !quoted[field];
  }

  String string(int field) {
    return new String(text, starts[field], length(field));
  }

  private int plainField(int from, int end) {
    char delimiter = dialect.delimiter();
    int at = from;
    while (at < end && text[at] != delimiter) {
      at++;
    }
    add(from, at, false);
    return at;
  }

  /** Takes doubled quotes together in place. */
  private int quotedField(int from, int end) {
    char quote = dialect.quote();
    int read = from + 1;
    int write = read;
    while (read < end) {
      char c = text[read++];
      if (c == quote) {
        if (read == end || text[read] != quote) {
          add(from + 1, write, true);
          return closed(read, end);
        }
        read++;
      }
      text[write++] = c;
    }
    throw new DecodeException("field " + (count + 1) + " begins with a quote that is never closed");
  }

  private int closed(int at, int end) {
    if (at < end && text[at] != dialect.delimiter()) {
      throw new DecodeException(
          "field " + count + " goes on behind its closing quote; a quote inside must be doubled");
    }
    return at;
  }

  private void add(int start, int end, boolean isQuoted) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      quoted = Arrays.copyOf(quoted, 2 * count);
    }
    starts[count] = start;
    ends[count] = end;
    quoted[count++] = isQuoted;
  }
}
