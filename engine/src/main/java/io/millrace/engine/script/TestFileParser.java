package io.millrace.engine.script;

import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the text of a test file. Used once. */
final class TestFileParser {
  private static final String CASE = "===";
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final String ERROR = "error";
  private static final String UNORDERED = "unordered";
  private static final String[] KINDS = {"+I", "-U", "+U", "-D"};

  private final String file;
  private final List<String> lines;
  private int at;

  private TestFileParser(String file, String text) {
    this.file = file;
    this.lines = text.lines().toList();
  }

  /**
   * All tests of a file.
   *
   * @throws MillraceException with file and line if it is not written as tests are
   */
  static List<ScriptTest> parse(String file, String text) {
    return new TestFileParser(file, text).parse();
  }

  private List<ScriptTest> parse() {
    List<ScriptTest> tests = new ArrayList<>();
    while (at < lines.size()) {
      if (lines.get(at).startsWith(CASE)) {
        tests.add(test());
      } else if (isIgnored(lines.get(at))) {
        at++;
      } else {
        throw wrong(at, "expected '=== name of the test' or a comment");
      }
    }
    return tests;
  }

  private ScriptTest test() {
    int first = at;
    String name = lines.get(at++).substring(CASE.length()).strip();
    if (name.isEmpty()) {
      throw wrong(first, "a test needs a name behind '==='");
    }
    String script = script();
    List<InputLine> input = new ArrayList<>();
    Expectation expectation = null;
    while (at < lines.size() && !lines.get(at).startsWith(CASE)) {
      int header = at;
      String[] words = lines.get(at++).substring(3).strip().split("[\\s,]+");
      List<Integer> section = section();
      if (words[0].equals(INPUT) && input.isEmpty() && expectation == null) {
        section.forEach(line -> input.add(inputLine(line)));
      } else if (expectation == null && words[0].equals(OUTPUT)) {
        expectation = output(words, section);
      } else if (expectation == null && words[0].equals(ERROR)) {
        expectation =
            new Expectation.Refusal(section.stream().map(i -> lines.get(i).strip()).toList());
      } else {
        throw wrong(
            header,
            "a test has one '--- input', then one '--- output' or '--- error', not '"
                + lines.get(header)
                + "'");
      }
    }
    if (expectation == null) {
      throw wrong(first, "test '" + name + "' has neither '--- output' nor '--- error'");
    }
    return new ScriptTest(file, first + 1, name, script, input, expectation);
  }

  /** The statements; comments of the file leave an empty line, so that lines keep their numbers. */
  private String script() {
    StringBuilder script = new StringBuilder();
    while (at < lines.size() && !isHeader(lines.get(at))) {
      String line = lines.get(at++);
      script.append(line.startsWith("#") ? "" : line).append('\n');
    }
    return script.toString();
  }

  /** The lines up to the next header that say something. */
  private List<Integer> section() {
    List<Integer> section = new ArrayList<>();
    for (; at < lines.size() && !isHeader(lines.get(at)); at++) {
      if (!isIgnored(lines.get(at))) {
        section.add(at);
      }
    }
    return section;
  }

  private InputLine inputLine(int index) {
    String line = lines.get(index).strip();
    try {
      if (line.equals("restart")) {
        return new InputLine.RestartLine(index + 1);
      }
      if (line.startsWith("?")) {
        return new InputLine.QuestionLine(index + 1, line.substring(1).strip());
      }
      RowLineReader reader = new RowLineReader(line);
      Long time = reader.takeTime();
      if (time == null) {
        throw new MillraceException(
            "expected '@time Stream {json}', '@time', 'restart' or '? SELECT …'");
      }
      if (reader.isAtEnd()) {
        return new InputLine.TimeLine(index + 1, time);
      }
      String stream = reader.takeName();
      boolean isDeletion = reader.takeOneOf("-D") != null;
      String json = reader.takeJsonText();
      String headers = reader.takeOneOf("headers") == null ? null : reader.takeJsonText();
      reader.requireEnd();
      return new InputLine.RowLine(index + 1, time, stream, isDeletion, json, headers);
    } catch (MillraceException e) {
      throw wrong(index, e.message(), e);
    }
  }

  private Expectation output(String[] words, List<Integer> section) {
    Set<String> streams = new HashSet<>();
    for (int i = 1; i < words.length; i++) {
      streams.add(words[i].toLowerCase(Locale.ROOT));
    }
    boolean isUnordered = !section.isEmpty() && lines.get(section.get(0)).strip().equals(UNORDERED);
    List<ExpectedRow> rows = new ArrayList<>();
    for (int index : isUnordered ? section.subList(1, section.size()) : section) {
      rows.add(expectedRow(index));
    }
    return new Expectation.Rows(rows, isUnordered, streams);
  }

  private ExpectedRow expectedRow(int index) {
    String line = lines.get(index).strip();
    try {
      RowLineReader reader = new RowLineReader(line);
      Long time = reader.takeTime();
      String stream =
          reader.takeOneOf(ExpectedRow.ANSWER) != null ? ExpectedRow.ANSWER : reader.takeName();
      String kind = reader.takeOneOf(KINDS);
      JsonTree.Extent json = reader.takeJson();
      reader.requireEnd();
      return new ExpectedRow(index + 1, line, time, stream, kind, json.values());
    } catch (MillraceException e) {
      throw wrong(index, e.message(), e);
    }
  }

  /** Whether a line begins a test or a section; {@code ----} is a comment of a script. */
  private static boolean isHeader(String line) {
    return line.startsWith(CASE) || line.startsWith("--- ");
  }

  private static boolean isIgnored(String line) {
    return line.isBlank() || line.startsWith("#");
  }

  private MillraceException wrong(int index, String message) {
    return wrong(index, message, null);
  }

  private MillraceException wrong(int index, String message, @Nullable Throwable cause) {
    return new MillraceException(file + ":" + (index + 1) + ": " + message, cause);
  }
}
