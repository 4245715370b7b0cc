package io.millrace.connectors.file;

import io.millrace.spi.error.MillraceException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Behind which record a source stands.
 *
 * @param file the file, or empty before the first and behind the last one
 * @param offset bytes of the file that were read, after decompression; {@link #END} for all
 * @param line the number of the next line, from 1
 * @param head the checksum of the first bytes of the file, to see that it is still the same
 * @param key what the system calls the file, also when it is renamed; may be empty
 * @param finished files read to their end and not yet moved to the done folder
 */
record FilePosition(
    String file, long offset, long line, long head, String key, List<FinishedFile> finished) {
  /** The offset behind a file that is finished. */
  static final long END = -1;

  FilePosition {
    finished = List.copyOf(finished);
  }

  boolean isEndOfFile() {
    return offset == END;
  }

  String format() {
    StringBuilder text = new StringBuilder();
    text.append("offset=").append(offset).append("&line=").append(line);
    text.append("&head=").append(Long.toHexString(head));
    text.append("&file=").append(encode(file));
    if (!key.isEmpty()) {
      text.append("&key=").append(encode(key));
    }
    finished.forEach(done -> text.append("&finished=").append(encode(done.format())));
    return text.toString();
  }

  static FilePosition parse(String text) {
    String file = "";
    long offset = 0;
    long line = 1;
    long head = 0;
    String key = "";
    List<FinishedFile> finished = new ArrayList<>();
    try {
      for (String part : text.split("&", -1)) {
        int equals = part.indexOf('=');
        String value = URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8);
        switch (part.substring(0, equals)) {
          case "file" -> file = value;
          case "offset" -> offset = Long.parseLong(value);
          case "line" -> line = Long.parseLong(value);
          case "head" -> head = Long.parseLong(value, 16);
          case "key" -> key = value;
          case "finished" -> finished.add(FinishedFile.parse(value));
          default -> throw new IllegalArgumentException(part);
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MillraceException("'" + text + "' is no position of a file source", e);
    }
    return new FilePosition(file, offset, line, head, key, finished);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
