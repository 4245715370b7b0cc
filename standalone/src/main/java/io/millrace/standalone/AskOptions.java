package io.millrace.standalone;

import io.millrace.spi.error.NearestName;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import io.millrace.spi.option.OptionValues;
import io.millrace.spi.option.Options;
import io.millrace.standalone.terminal.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that ask a job which another process runs. */
final class AskOptions {
  private static final OptionSpec TIMEOUT =
      OptionSpec.optional(
          "--timeout", OptionType.DURATION, "60 s", "How long it may take, such as 30s or 5min.");

  @Option(
      names = "--snapshots",
      paramLabel = "FOLDER",
      description =
          "Where the jobs keep their snapshots, as by --snapshots of millrace run or SET"
              + " 'snapshot.dir'; ./"
              + RunCommand.TRANSACTION_SNAPSHOTS
              + " without it.")
  private String folder = RunCommand.TRANSACTION_SNAPSHOTS;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long it may take, such as 30s or 5min; 60 s without it.")
  private Optional<String> timeout = Optional.empty();

  Path folder() {
    return PathArgument.of(folder);
  }

  /**
   * How long it may take.
   *
   * @param command whose help says more
   */
  Duration timeout(String command) {
    Map<String, String> given = timeout.map(text -> Map.of("--timeout", text)).orElse(Map.of());
    timeout
        .flatMap(text -> OptionValues.problem(TIMEOUT, text))
        .ifPresent(
            problem -> {
              throw CommandException.ofUsage(problem, "see millrace " + command + " --help");
            });
    return new Options(List.of(TIMEOUT), given).getDuration("--timeout");
  }

  /** Refuses a job that is none of those that keep snapshots in the folder. */
  void requireKnown(String job, List<String> known) {
    if (!known.contains(job)) {
      throw new CommandException(
          "no job '" + job + "' keeps snapshots in '" + folder + "'",
          known.isEmpty()
              ? "there is none at all: --snapshots says where they are"
              : NearestName.hint(job, known).orElse("there are " + String.join(", ", known)));
    }
  }
}
