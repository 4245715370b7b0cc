package io.millrace.standalone.terminal;

import io.millrace.spi.error.MillraceException;
import org.jspecify.annotations.Nullable;

/** The command cannot do what it was asked to do. */
public final class CommandException extends MillraceException {
  private static final long serialVersionUID = 1L;
  private final @Nullable String help;
  private final boolean isUsage;

  private CommandException(String message, @Nullable String help, boolean isUsage) {
    super(message);
    this.help = help;
    this.isUsage = isUsage;
  }

  public CommandException(String message) {
    this(message, null, false);
  }

  /**
   * @param help what to do about it, or null
   */
  public CommandException(String message, @Nullable String help) {
    this(message, help, false);
  }

  /** The command line itself is wrong, whatever the files hold. */
  public static CommandException ofUsage(String message, String help) {
    return new CommandException(message, help, true);
  }

  public @Nullable String help() {
    return help;
  }

  public boolean isUsage() {
    return isUsage;
  }
}
