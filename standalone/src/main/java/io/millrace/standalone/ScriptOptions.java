package io.millrace.standalone;

import io.millrace.engine.Engine;
import io.millrace.standalone.script.Assignments;
import io.millrace.standalone.script.QueryFile;
import io.millrace.standalone.script.Scripts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The query files of a command, and what they are compiled with. */
final class ScriptOptions {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Query files; - is standard input. Each is a job of its own, and may read the streams of"
              + " those before it.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description =
          "The value of ${NAME} in the files. ${here}, the folder of a file, is always there."
              + " Repeatable.")
  private List<String> variables = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting, as by SET 'KEY' = 'VALUE' but before those in the files. Repeatable.")
  private List<String> settings = new ArrayList<>();

  /** Reads the files. */
  List<QueryFile> read(Session session) {
    return files.stream().map(file -> QueryFile.read(file, session.input())).toList();
  }

  Scripts scripts(Engine engine, Session session) {
    return scripts(engine, session, Map.of());
  }

  /**
   * @param more settings that other options of the command stand for
   */
  Scripts scripts(Engine engine, Session session, Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(Assignments.parse("--set", settings));
    all.putAll(more);
    return new Scripts(engine, session.messages(), Assignments.parse("--var", variables), all);
  }
}
