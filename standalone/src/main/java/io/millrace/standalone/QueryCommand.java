package io.millrace.standalone;

import io.millrace.engine.control.JobQuestions;
import io.millrace.engine.control.JobQuestions.JobAnswer;
import io.millrace.spi.time.Clock;
import io.millrace.standalone.script.QueryFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a running job what its tables, named windows and aggregations hold. */
@Command(
    name = "query",
    header = "Asks a job that runs what its tables, named windows and aggregations hold now.",
    description = {
      "%nAsks the millrace process that runs the job, by a file beside the job's snapshots, and"
          + " prints the rows as millrace run prints those of a bare query. A job that keeps no"
          + " snapshots cannot be asked. The job's rows wait while it answers: an answer has at most"
          + " 100,000 rows, and takes the job 10 s at most.%n"
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions%n",
    footerHeading = "%nExamples%n",
    footer = {
      "  millrace query alerts \"SELECT * FROM Totals WHERE symbol = 'IBM'\"",
      "  millrace query alerts \"SELECT * FROM Totals ORDER BY total DESC LIMIT 10\" --format json",
      "  millrace query alerts \"SELECT * FROM PerDay WITHIN '2026-11' PER 'days'\" --format csv",
      "  millrace query alerts - < question.sql"
    })
final class QueryCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private final Session session;
  @Mixin private AskOptions asking = new AskOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      index = "0",
      paramLabel = "JOB",
      description =
          "The name of the job: that of its file without folder and ending, or what --job-name of"
              + " millrace run says.")
  private String job = "";

  @Parameters(
      index = "1",
      paramLabel = "QUERY",
      description = "One SELECT over one table, window or aggregation; - for standard input.")
  private String query = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Prints rows as lines of a format, such as json or csv; in columns without it.")
  private Optional<String> format = Optional.empty();

  QueryCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    common.apply(session);
    String text = query();
    JobQuestions questions = new JobQuestions(asking.folder(), Clock.system());
    asking.requireKnown(job, questions.jobs());
    JobAnswer answer = questions.ask(job, text, format.orElse(""), asking.timeout("query"));
    if (answer.isRefused()) {
      session.terminal().err().print(answer.text());
      return ExitStatus.WRONG;
    }
    return session.print(answer.text());
  }

  private String query() {
    return query.equals(STANDARD_INPUT) ? QueryFile.readQuery(session.input()) : query;
  }
}
