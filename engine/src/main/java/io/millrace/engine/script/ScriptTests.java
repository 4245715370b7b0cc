package io.millrace.engine.script;

import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds and runs script tests (section 11 of the language).
 *
 * <pre>{@code
 * ScriptTestReport report =
 *     ScriptTests.run(List.of(Path.of("src/test/scripts")), ScriptTestOptions.defaults());
 * assertEquals(0, report.failed(), report.text());
 * }</pre>
 */
public final class ScriptTests {
  private static final String EXTENSION = ".test";

  private ScriptTests() {}

  /**
   * Runs all tests of files and, with what is below them, folders.
   *
   * @throws MillraceException if a path does not exist, cannot be read, holds no test files, or a
   *     file is not written as tests are
   */
  public static ScriptTestReport run(List<Path> paths, ScriptTestOptions options) {
    List<ScriptTestResult> results = new ArrayList<>();
    for (ScriptTest test : find(paths)) {
      results.add(run(test, options));
    }
    return new ScriptTestReport(results);
  }

  /** Runs one test. What goes wrong is in the result; nothing is thrown for it. */
  public static ScriptTestResult run(ScriptTest test, ScriptTestOptions options) {
    return new ScriptTestRun(test, options).run();
  }

  /**
   * The tests of files and folders, in the order of the paths and names; throws as {@link #run}.
   */
  public static List<ScriptTest> find(List<Path> paths) {
    List<ScriptTest> tests = new ArrayList<>();
    for (Path path : paths) {
      for (Path file : files(path)) {
        tests.addAll(TestFileParser.parse(file.toString(), read(file)));
      }
    }
    return tests;
  }

  /** The tests of a text; {@code name} stands for the file. */
  public static List<ScriptTest> parse(String name, String text) {
    return TestFileParser.parse(name, text);
  }

  private static List<Path> files(Path path) {
    if (!Files.exists(path)) {
      throw new MillraceException("there is no file or folder '" + path + "'");
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> below = Files.walk(path)) {
      List<Path> files =
          below
              .filter(file -> file.toString().endsWith(EXTENSION) && Files.isRegularFile(file))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new MillraceException(
            "folder '" + path + "' holds no script tests: their names end with " + EXTENSION);
      }
      return files;
    } catch (IOException e) {
      throw new MillraceException("folder '" + path + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new MillraceException("file '" + file + "' is not UTF-8", e);
    } catch (IOException e) {
      throw new MillraceException("file '" + file + "' cannot be read: " + e.getMessage(), e);
    }
  }
}
