package io.millrace.standalone;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.ScriptException;
import io.millrace.standalone.terminal.CommandException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Finds the command that the arguments name, runs it, and turns what it throws into a status. */
final class CommandLineReader {
  private static final int HELP_WIDTH = 100;
  private static final int WIDEST_OPTION = 30;
  private final Session session;
  private final CommandLine line;

  CommandLineReader(Session session) {
    this.session = session;
    this.line =
        new CommandLine(new Millrace())
            .addSubcommand(new RunCommand(session))
            .addSubcommand(new CheckCommand(session))
            .addSubcommand(new ExplainCommand(session))
            .addSubcommand(new SnapshotCommand(session))
            .addSubcommand(new QueryCommand(session))
            .addSubcommand(new TestCommand(session))
            .addSubcommand(new FunctionsCommand(session))
            .addSubcommand(new ConnectorsCommand(session));
    line.getCommandSpec().addOption(version()).addOption(help());
    line.getSubcommands().values().forEach(command -> command.getCommandSpec().addOption(help()));
    boolean colours = session.terminal().hasColours();
    line.setColorScheme(Help.defaultColorScheme(colours ? Help.Ansi.ON : Help.Ansi.OFF))
        .setOut(new PrintWriter(session.terminal().out(), false, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(session.terminal().err(), true, StandardCharsets.UTF_8))
        .setUsageHelpWidth(HELP_WIDTH)
        .setUsageHelpLongOptionsMaxWidth(WIDEST_OPTION)
        .setExpandAtFiles(false)
        .setInterpolateVariables(false)
        .setParameterExceptionHandler((e, arguments) -> misused(e))
        .setExecutionExceptionHandler((e, command, result) -> failed(e));
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Shows this help.")
        .build();
  }

  private static OptionSpec version() {
    return OptionSpec.builder("-V", "--version")
        .versionHelp(true)
        .description("Shows the version.")
        .build();
  }

  int execute(String... arguments) {
    if (arguments.length == 0) {
      line.usage(session.terminal().err());
      return ExitStatus.USAGE;
    }
    int status = line.execute(arguments);
    line.getOut().flush();
    return status;
  }

  private int failed(Exception failure) {
    session.terminal().clearStatus();
    session.messages().failure(failure);
    if (failure instanceof CommandException command) {
      return command.isUsage() ? ExitStatus.USAGE : ExitStatus.WRONG;
    }
    if (failure instanceof ScriptException) {
      return ExitStatus.WRONG;
    }
    return failure instanceof MillraceException ? ExitStatus.FAILED : ExitStatus.FAULT;
  }

  private int misused(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String help = "see " + command.qualifiedName() + " --help";
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String argument = unmatched.getUnmatched().get(0);
      message = unknown(argument, command);
      String near = near(argument, command);
      help = near == null ? help : near;
    } else if (e instanceof MissingParameterException missing) {
      message = missing(missing.getMissing());
    }
    session.messages().error(lowerFirst(message.replaceAll("\\s*\\R\\s*", " ")), help);
    return ExitStatus.USAGE;
  }

  private static String unknown(String argument, CommandSpec command) {
    if (argument.startsWith("-")) {
      return "unknown option '" + argument + "'";
    }
    return command.parent() == null
        ? "unknown command '" + argument + "'"
        : "unexpected argument '" + argument + "'";
  }

  private static @Nullable String near(String argument, CommandSpec command) {
    List<String> known = new ArrayList<>(command.subcommands().keySet());
    if (argument.startsWith("-")) {
      known = new ArrayList<>();
      for (OptionSpec option : command.options()) {
        known.addAll(List.of(option.names()));
      }
    } else if (command.parent() == null && isFile(argument)) {
      return "did you mean 'millrace run " + argument + "'?";
    }
    String name = argument.startsWith("--") ? argument.replaceFirst("=.*", "") : argument;
    return NearestName.hint(name, known).orElse(null);
  }

  private static boolean isFile(String argument) {
    try {
      return Files.isRegularFile(Path.of(argument));
    } catch (InvalidPathException ignored) { // then it is none
      return false;
    }
  }

  private static String missing(List<ArgSpec> arguments) {
    List<String> names = new ArrayList<>();
    for (ArgSpec argument : arguments) {
      names.add(
          argument instanceof OptionSpec option
              ? "the value of " + option.longestName()
              : argument.paramLabel());
    }
    return "missing " + String.join(" and ", names);
  }

  private static String lowerFirst(String message) {
    return message.isEmpty()
        ? "the arguments cannot be understood"
        : message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
  }
}
