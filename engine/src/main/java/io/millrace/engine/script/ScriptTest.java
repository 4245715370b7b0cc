package io.millrace.engine.script;

import java.util.List;

/** One test of a file: a script, its input, and what is expected. Immutable. */
public final class ScriptTest {
  private final String file;
  private final int line;
  private final String name;
  private final String script;
  private final List<InputLine> input;
  private final Expectation expectation;

  ScriptTest(
      String file,
      int line,
      String name,
      String script,
      List<InputLine> input,
      Expectation expectation) {
    this.file = file;
    this.line = line;
    this.name = name;
    this.script = script;
    this.input = List.copyOf(input);
    this.expectation = expectation;
  }

  /** What stands behind {@code ===}. */
  public String name() {
    return name;
  }

  /** Where it begins, such as {@code windows.test:12}. */
  public String location() {
    return file + ":" + line;
  }

  /** The file that it is in, as it was named. */
  public String file() {
    return file;
  }

  String script() {
    return script;
  }

  List<InputLine> input() {
    return input;
  }

  Expectation expectation() {
    return expectation;
  }

  String location(int lineOfFile) {
    return file + ":" + lineOfFile;
  }

  @Override
  public String toString() {
    return name;
  }
}
