package io.millrace.standalone;

import io.millrace.engine.script.ScriptTestOptions;
import io.millrace.engine.script.ScriptTestReport;
import io.millrace.engine.script.ScriptTests;
import io.millrace.spi.error.MillraceException;
import io.millrace.standalone.script.Assignments;
import io.millrace.standalone.terminal.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs script tests. */
@Command(
    name = "test",
    header = "Runs script tests: files that state what a script does with timed rows.",
    description = {
      "%nA test is a script, rows with times that go in, and the rows that must come out; its"
          + " streams are in memory and its clock is virtual. The chapter 'Script tests' of the"
          + " language says how they are written. Failures show expected and actual rows side by"
          + " side.%n"
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions%n",
    footerHeading = "%nExamples%n",
    footer = {"  millrace test alerts.test", "  millrace test tests/ --var limit=100"})
final class TestCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Test files, and folders in and below which all *.test are run.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description = "The value of ${NAME} in the tests. Repeatable.")
  private List<String> variables = new ArrayList<>();

  TestCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    common.apply(session);
    ScriptTestOptions options =
        ScriptTestOptions.defaults().withVariables(Assignments.parse("--var", variables));
    ScriptTestReport report = run(paths.stream().map(PathArgument::of).toList(), options);
    session.print(report.text() + "\n");
    return report.failed() == 0 ? ExitStatus.OK : ExitStatus.WRONG;
  }

  private static ScriptTestReport run(List<Path> paths, ScriptTestOptions options) {
    try {
      return ScriptTests.run(paths, options);
    } catch (MillraceException e) { // a file that is missing, or not written as tests are
      throw new CommandException(e.message());
    }
  }
}
