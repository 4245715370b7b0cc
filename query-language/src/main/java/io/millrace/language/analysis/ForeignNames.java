package io.millrace.language.analysis;

import io.millrace.language.ast.WindowKind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names of functions, columns and options that Siddhi, Esper, ksqlDB and Flink SQL have and the
 * language has not: what to write instead. It is asked only of names that mean nothing, so that
 * what is called so goes before. Kinds of windows and types stand where these are read.
 */
final class ForeignNames {
  private static final String WINDOW_START =
      "it is the column WINDOW_START, where the stream has a window: S WINDOW ";
  private static final String WINDOW_END =
      "it is the column WINDOW_END, where the stream has a window: S WINDOW ";
  private static final String TUMBLING = WindowKind.TUMBLING.form();
  private static final String HOPPING = WindowKind.HOPPING.form();
  private static final String SESSION = WindowKind.SESSION.form();
  private static final String LAG = "write lag(x, 1) OVER (ORDER BY ROWTIME)";

  private static final Map<String, String> FUNCTIONS =
      Map.ofEntries(
          Map.entry("tumble", WindowKind.behind("S", TUMBLING)),
          Map.entry("hop", WindowKind.behind("S", HOPPING)),
          Map.entry("session", WindowKind.behind("S", SESSION)),
          Map.entry("tumble_start", WINDOW_START + TUMBLING),
          Map.entry("tumble_end", WINDOW_END + TUMBLING),
          Map.entry("hop_start", WINDOW_START + HOPPING),
          Map.entry("hop_end", WINDOW_END + HOPPING),
          Map.entry("session_start", WINDOW_START + SESSION),
          Map.entry("session_end", WINDOW_END + SESSION),
          Map.entry("proctime", "write NOW(); the time of the event is ROWTIME"),
          Map.entry("currenttimemillis", "write to_millis(NOW())"),
          Map.entry("eventtimestamp", "the time of the event is ROWTIME"),
          Map.entry("latest_by_offset", "write last(x)"),
          Map.entry("earliest_by_offset", "write first(x)"),
          Map.entry("prev", LAG),
          Map.entry("prior", LAG),
          Map.entry("ifthenelse", "write if(condition, x, y)"));

  private static final Map<String, String> COLUMNS =
      Map.of(
          "windowstart", "it is called WINDOW_START here",
          "windowend", "it is called WINDOW_END here");

  /** Options by the names that they have elsewhere, and what they are called here. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "kafka_topic", "topic",
          "value_format", "format",
          "key_format", "key.format",
          "partitions", "topic.partitions",
          "replicas", "topic.replication",
          "properties.bootstrap.servers", "bootstrap.servers",
          "properties.group.id", "group.id",
          "scan.startup.mode", "start");

  /** Options that are none here. */
  private static final Map<String, String> NO_OPTIONS =
      Map.of("timestamp", "it stands among the columns: TIMESTAMP BY column");

  /** Values of options that are called otherwise here. */
  private static final Map<String, String> OPTION_VALUES =
      Map.of(
          "delimited", "csv",
          "earliest-offset", "earliest",
          "latest-offset", "latest");

  private ForeignNames() {}

  static Optional<String> functionHint(String name) {
    return Optional.ofNullable(FUNCTIONS.get(name.toLowerCase(Locale.ROOT)));
  }

  static Optional<String> columnHint(String name) {
    return Optional.ofNullable(COLUMNS.get(name.toLowerCase(Locale.ROOT)));
  }

  static Optional<String> optionHint(String name) {
    return Optional.ofNullable(NO_OPTIONS.get(name.toLowerCase(Locale.ROOT)));
  }

  /** What an option is called here that is called so elsewhere. */
  static Optional<String> option(String name) {
    return Optional.ofNullable(OPTIONS.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The value of a format or of where to start, as it is called here. */
  static String optionValue(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return OPTION_VALUES.getOrDefault(lower, lower);
  }
}
