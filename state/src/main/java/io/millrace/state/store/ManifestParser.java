package io.millrace.state.store;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines of a {@link ManifestText} whose checksum is right. Used once. */
final class ManifestParser {
  private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
  private static final Pattern ATTRIBUTE =
      Pattern.compile("attribute (" + QUOTED + ") (" + QUOTED + ")");
  private static final Pattern PART =
      Pattern.compile(
          "part (full|changes) (" + FileNames.DATA + ") (\\d{1,18}) (\\d{1,18}) ([0-9a-f]{8})");
  private static final Pattern VERSION =
      Pattern.compile(Pattern.quote(ManifestText.BEGIN) + "([1-9]\\d{0,8})");

  private final String[] lines;
  private final String checksum;
  private final Path file;
  private int at;

  ManifestParser(String content, String checksum, Path file) {
    this.lines = content.split("\n", -1);
    this.checksum = checksum;
    this.file = file;
  }

  Manifest parse() {
    int version = Integer.parseInt(match(VERSION).group(1));
    if (version > ManifestText.VERSION) {
      throw StoreErrors.newer(file, version, ManifestText.VERSION);
    }
    try {
      String job = QuotedText.unquote(rest("job "));
      long id = Long.parseLong(rest("id "));
      long taken = Long.parseLong(rest("taken "));
      Map<String, String> attributes = attributes();
      List<Section> sections = new ArrayList<>();
      while (!lines[at].isEmpty()) {
        sections.add(section());
      }
      return new Manifest(job, id, taken, attributes, sections, checksum);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw senseless();
    }
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    while (lines[at].startsWith("attribute ")) {
      Matcher matcher = match(ATTRIBUTE);
      attributes.put(QuotedText.unquote(matcher.group(1)), QuotedText.unquote(matcher.group(2)));
    }
    return attributes;
  }

  private Section section() {
    String name = QuotedText.unquote(rest("section "));
    List<Part> parts = new ArrayList<>();
    while (lines[at].startsWith("part ")) {
      Matcher matcher = match(PART);
      parts.add(
          new Part(
              matcher.group(2),
              Long.parseLong(matcher.group(3)),
              Long.parseLong(matcher.group(4)),
              HexFormat.fromHexDigits(matcher.group(5)),
              matcher.group(1).equals("full")));
    }
    return new Section(name, parts);
  }

  private String rest(String start) {
    String line = lines[at];
    if (!line.startsWith(start)) {
      throw senseless();
    }
    at++;
    return line.substring(start.length());
  }

  private Matcher match(Pattern pattern) {
    Matcher matcher = pattern.matcher(lines[at]);
    if (!matcher.matches()) {
      throw senseless();
    }
    at++;
    return matcher;
  }

  private RuntimeException senseless() {
    return StoreErrors.damaged(file, "its line " + (at + 1) + " makes no sense");
  }
}
