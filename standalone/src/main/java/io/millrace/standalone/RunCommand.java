package io.millrace.standalone;

import io.millrace.engine.Engine;
import io.millrace.engine.JobControl;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.spi.time.Clock;
import io.millrace.standalone.run.JobRun;
import io.millrace.standalone.run.StopSignals;
import io.millrace.standalone.script.QueryFile;
import io.millrace.standalone.terminal.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs query files. */
@Command(
    name = "run",
    header = "Runs query files until their inputs end, or until Ctrl-C.",
    description = {
      "%nRows of bare queries and of the console connector go to standard output, everything else to"
          + " standard error. On a terminal a status line shows rows in and out per second, how far"
          + " the slowest endless input is behind, late rows and errors. Ctrl-C stops reading, writes"
          + " what came of the rows that were read, and ends; a second one ends at once.%n"
    },
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    optionListHeading = "%nOptions%n",
    footerHeading = "%nExamples%n",
    footer = {
      "  millrace run examples/earthquakes/earthquakes.sql",
      "  millrace run alerts.sql --var topic=trades --set time.zone=Europe/Berlin",
      "  millrace run streams.sql alerts.sql",
      "  millrace run alerts.sql --shared --snapshots /mnt/snapshots",
      "  millrace run query.sql | head -3",
      "  echo \"SELECT * FROM S;\" | millrace run streams.sql -"
    })
final class RunCommand implements Callable<Integer> {
  static final String TRANSACTION_SNAPSHOTS = "millrace-snapshots";

  private final Session session;
  @Mixin private ScriptOptions scripts = new ScriptOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--job-name",
      paramLabel = "NAME",
      description =
          "The name of the job, which Kafka knows its consumers by; else that of the file without"
              + " folder and ending.")
  private Optional<String> jobName = Optional.empty();

  @Option(
      names = "--snapshots",
      paramLabel = "FOLDER",
      description =
          "Where the jobs keep their snapshots, as by SET 'snapshot.dir'. Without it, a job from topics"
              + " to topics keeps them in ./"
              + TRANSACTION_SNAPSHOTS
              + ", others keep none.")
  private Optional<String> snapshots = Optional.empty();

  @Option(
      names = "--shared",
      description =
          "Shares the job with all processes that run the same file under the same name with"
              + " --shared: each takes some partitions of its topics, as by SET 'shared' = 'true'."
              + " Needs a folder for snapshots that all of them reach.")
  private boolean shared;

  @Option(
      names = "--allow-duplicates",
      description =
          "A job whose last snapshot is damaged goes on from the one before, and sends rows again.")
  private boolean allowDuplicates;

  @Option(
      names = "--allow-dropped-state",
      description = "State that a changed script no longer has is left out.")
  private boolean allowDroppedState;

  @Option(
      names = "--explain-analyze",
      description =
          "Shows at the end, on standard error, what each operator has done: rows, late rows, keys"
              + " and rows held, watermark.")
  private boolean explainAnalyze;

  RunCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    common.apply(session);
    List<QueryFile> files = scripts.read(session);
    List<String> names = jobNames(files);
    try (Engine engine =
        Engine.builder()
            .console(session.terminal().out())
            .transactionSnapshots(Path.of(TRANSACTION_SNAPSHOTS))
            .build()) {
      Optional<List<CompiledScript>> compiled =
          scripts.scripts(engine, session, settings()).compile(files);
      return compiled.isEmpty() ? ExitStatus.WRONG : run(engine, files, names, compiled.get());
    }
  }

  private int run(
      Engine engine, List<QueryFile> files, List<String> names, List<CompiledScript> scripts) {
    for (int i = 0; i < files.size(); i++) {
      List<String> answers =
          Session.answers(engine).requested(scripts.get(i), scripts.subList(0, i));
      session.print(String.join("\n", answers));
      for (String stream : scripts.get(i).unfedStreams()) {
        session
            .messages()
            .warning(
                "stream '"
                    + stream
                    + "' of "
                    + files.get(i).name()
                    + " gets no rows: it has no connector");
      }
    }
    session.terminal().out().flush();
    if (scripts.stream().noneMatch(CompiledScript::hasWork)) {
      boolean isAnswered = scripts.stream().anyMatch(CompiledScript::hasRequests);
      if (!isAnswered) {
        session.messages().note("there is nothing to run: no query and no INSERT");
      }
      return ExitStatus.OK;
    }
    StopSignals.install(session.stop());
    JobRun run =
        new JobRun(
            engine,
            deploy(engine, names, scripts),
            session.terminal(),
            session.messages(),
            session.stop(),
            Clock.system(),
            new JobRun.Explained(
                explainAnalyze, scripts.stream().map(CompiledScript::analyzed).toList()));
    return run.run() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  /** Deploys the scripts, or joins those who share their jobs; if one fails, none runs. */
  private static List<JobControl> deploy(
      Engine engine, List<String> names, List<CompiledScript> scripts) {
    List<JobControl> jobs = new ArrayList<>();
    try {
      for (int i = 0; i < scripts.size(); i++) {
        CompiledScript script = scripts.get(i);
        jobs.add(
            script.isShared()
                ? engine.share(names.get(i), script)
                : engine.deploy(names.get(i), script));
      }
      return jobs;
    } catch (RuntimeException e) {
      jobs.forEach(JobControl::stop);
      throw e;
    }
  }

  /** The settings that options of this command stand for. */
  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    snapshots.ifPresent(folder -> settings.put(StreamOptions.SNAPSHOT_DIR, folder));
    if (shared) {
      settings.put(StreamOptions.SHARED, "true");
    }
    if (allowDuplicates) {
      settings.put(StreamOptions.ALLOW_DUPLICATES, "true");
    }
    if (allowDroppedState) {
      settings.put(StreamOptions.ALLOW_DROPPED_STATE, "true");
    }
    return settings;
  }

  private List<String> jobNames(List<QueryFile> files) {
    if (jobName.isPresent() && files.size() > 1) {
      throw CommandException.ofUsage(
          "--job-name names one job, but there are " + files.size() + " files",
          "leave it out: the jobs are named like their files");
    }
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (QueryFile file : files) {
      String name = jobName.orElse(file.stem());
      if (!seen.add(name)) {
        throw CommandException.ofUsage(
            "two files would be job '" + name + "', and jobs are known by their names",
            "rename one of the files, or run each by itself");
      }
      names.add(name);
    }
    return names;
  }
}
