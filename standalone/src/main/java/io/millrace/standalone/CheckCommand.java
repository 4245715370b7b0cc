package io.millrace.standalone;

import io.millrace.engine.Engine;
import io.millrace.standalone.script.QueryFile;
import io.millrace.standalone.script.Scripts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compiles query files without running them. */
@Command(
    name = "check",
    header = "Says whether query files have errors, and shows all of them.",
    description = "%nRuns nothing, and opens no file, topic or other system that they name.%n",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions%n",
    footerHeading = "%nExamples%n",
    footer = {
      "  millrace check query.sql",
      "  millrace check streams.sql alerts.sql",
      "  millrace check --separately queries/*.sql"
    })
final class CheckCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private ScriptOptions scripts = new ScriptOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--separately",
      description = "Checks each file for itself: none may read the streams of another.")
  private boolean separately;

  CheckCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    common.apply(session);
    List<QueryFile> files = scripts.read(session);
    try (Engine engine = Engine.create()) {
      Scripts compiler = scripts.scripts(engine, session);
      boolean good = separately ? checkEach(compiler, files) : compiler.compile(files).isPresent();
      if (good && session.terminal().isWatched()) {
        session
            .messages()
            .note(files.size() == 1 ? "no errors" : "no errors in " + files.size() + " files");
      }
      return good ? ExitStatus.OK : ExitStatus.WRONG;
    }
  }

  private static boolean checkEach(Scripts compiler, List<QueryFile> files) {
    boolean good = true;
    for (QueryFile file : files) {
      good &= compiler.compile(file, List.of()).isPresent();
    }
    return good;
  }
}
