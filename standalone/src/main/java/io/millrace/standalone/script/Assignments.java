package io.millrace.standalone.script;

import io.millrace.standalone.terminal.CommandException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code name=value} arguments. */
public final class Assignments {
  private Assignments() {}

  /**
   * The values by name, the last one of a name.
   *
   * @param option the option that they belong to, for errors
   * @throws CommandException if one has no name or no equals sign
   */
  public static Map<String, String> parse(String option, List<String> arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw CommandException.ofUsage(
            option + " takes name=value, not '" + argument + "'",
            "for example: " + option + " " + (equals < 0 ? argument : "name") + "=value");
      }
      values.put(argument.substring(0, equals).trim(), argument.substring(equals + 1));
    }
    return values;
  }
}
