package io.millrace.engine.connect;

import io.millrace.compiler.graph.JoinSettings;
import io.millrace.compiler.graph.RowLimits;
import io.millrace.compiler.graph.StateLifetimes;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import java.util.List;
import java.util.stream.Stream;

/** The options that the engine itself takes: of every stream with a connector, and of SET. */
public final class StreamOptions {
  public static final String ON_ERROR = "on.error";
  public static final String DEAD_LETTER_PATH = "dead.letter.path";
  public static final String DEAD_LETTER_TOPIC = "dead.letter.topic";
  public static final String TIME_ZONE = "time.zone";
  public static final String PARALLELISM = "parallelism";
  public static final String ORDER = "order";
  public static final String SHARED = "shared";
  public static final String OVERLOAD = "overload";
  public static final String OVERLOAD_WAIT = "overload.wait";
  public static final String OVERLOAD_LAG = "overload.lag";
  public static final String COMMIT_INTERVAL = "commit.interval";
  public static final String DELIVERY = "delivery";
  public static final String SNAPSHOT_DIR = "snapshot.dir";
  public static final String SNAPSHOT_AT_WATERMARK = "snapshot.at.watermark";
  public static final String SNAPSHOT_RETAINED = "snapshot.retained";
  public static final String SNAPSHOT_ON_FAILURE = "snapshot.on.failure";
  public static final String SNAPSHOT_KEY_FILE = "snapshot.key.file";
  public static final String SNAPSHOT_KEY_ENV = "snapshot.key.env";
  public static final String STATE_BACKEND = "state.backend";
  public static final String STATE_DIR = "state.dir";
  public static final String STATE_HOT_ROWS = "state.hot.rows";
  public static final String STATE_TTL = StateLifetimes.OPTION;
  public static final String SORT_MAX_ROWS = RowLimits.SORT_ROWS;
  public static final String SORT_OVERFLOW = RowLimits.SORT_OVERFLOW;
  public static final String JOIN_ORDER = JoinSettings.ORDER;
  public static final String JOIN_MAX_ROWS = RowLimits.JOIN_ROWS;
  public static final String JOIN_OVERFLOW = RowLimits.JOIN_OVERFLOW;
  public static final String ALLOW_DUPLICATES = "allow.duplicates";
  public static final String ALLOW_DROPPED_STATE = "allow.dropped.state";
  public static final String RESTART_ATTEMPTS = "restart.attempts";
  public static final String RESTART_BACKOFF = "restart.backoff";

  private StreamOptions() {}

  /** Options in WITH, of every stream. */
  public static List<OptionSpec> ofStreams() {
    return List.of(
        OptionSpec.choice(
            ON_ERROR,
            null,
            List.of("skip", "fail", "dead-letter"),
            "What becomes of a record that cannot be decoded and of a row whose expression fails: it is skipped and counted, the job"
                + " fails, or it goes to the dead letters. Of a row, the stream says it that the query feeds, or else the first one that"
                + " it reads. Default: dead-letter if a place for them is given, else skip."),
        OptionSpec.optional(
            DEAD_LETTER_PATH,
            OptionType.STRING,
            null,
            "The file that takes dead letters, as JSON lines."),
        OptionSpec.optional(
            DEAD_LETTER_TOPIC,
            OptionType.STRING,
            null,
            "The Kafka topic that takes dead letters, as JSON."),
        OptionSpec.optional(
            STATE_TTL,
            OptionType.DURATION,
            null,
            "Of a table: how long a row that is not replaced is kept, by event time, before it is deleted; '0 s' for ever. Default: what"
                + " SET says, where queries feed the table."));
  }

  /** Keys of SET. */
  public static List<OptionSpec> settings() {
    return Stream.of(general(), overload(), state(), limits(), snapshots(), recovery())
        .flatMap(List::stream)
        .toList();
  }

  private static List<OptionSpec> general() {
    return List.of(
        OptionSpec.optional(
            TIME_ZONE, OptionType.STRING, "UTC", "The time zone of functions that take one."),
        OptionSpec.integer(
            PARALLELISM,
            "1",
            1,
            Circuit.MOST_TASKS,
            "In how many tasks, on as many threads, the parts of queries run that are kept apart by keys. Results and their order are"
                + " the same with any number; EXPLAIN PHYSICAL says what runs in tasks."),
        OptionSpec.choice(
            ORDER,
            "preserved",
            List.of("preserved"),
            "In which order the rows of several tasks come: 'preserved', as of one task, which is always so."),
        OptionSpec.optional(
            SHARED,
            OptionType.BOOLEAN,
            "false",
            "Whether processes that run the same script under the same name share the job, each with some partitions of its topics."
                + " Every partition is then a world of its own, with its own watermark; EXPLAIN PHYSICAL says whether a script can."),
        OptionSpec.optional(
            COMMIT_INTERVAL,
            OptionType.DURATION,
            "1 s",
            "How often what was read and written becomes final: with a snapshot of the state, if the job keeps any."),
        OptionSpec.choice(
            DELIVERY,
            null,
            List.of("exactly-once", "at-least-once", "at-most-once"),
            "What must hold for every row after a crash. Default: exactly-once for the sinks that can, at-least-once for the others;"
                + " with 'exactly-once' a script with a source or sink that cannot is refused, with 'at-most-once' rows for sinks that"
                + " cannot take them back wait for their snapshot, and may be lost."));
  }

  private static List<OptionSpec> overload() {
    return List.of(
        OptionSpec.choice(
            OVERLOAD,
            "block",
            List.of("block", "refuse", "shed"),
            "What happens when more rows come than are worked off: whoever sends them waits, is refused, or they are left out and"
                + " counted. Connectors wait, unless rows are left out."),
        OptionSpec.optional(
            OVERLOAD_WAIT,
            OptionType.DURATION,
            "100 ms",
            "How long a program that sends rows waits for rows of other threads before its own are refused or left out."),
        OptionSpec.optional(
            OVERLOAD_LAG,
            OptionType.DURATION,
            "10 s",
            "How old a record of a connector may be, by the clock, before its rows are left out."));
  }

  private static List<OptionSpec> state() {
    return List.of(
        OptionSpec.optional(
            STATE_TTL,
            OptionType.DURATION,
            null,
            "How long a group, a remembered row or a row of a derived table is kept that no row has touched, by event time. Default:"
                + " for ever."),
        OptionSpec.choice(
            STATE_BACKEND,
            "heap",
            List.of("heap", "chronicle"),
            "Where the state of operators lies: on the heap, or in files, for more of it than the heap holds."),
        OptionSpec.optional(
            STATE_DIR,
            OptionType.STRING,
            null,
            "The folder of those files, on a disk of this machine. They are of no use to a later process. Default: millrace-state in"
                + " the folder for temporary files."),
        OptionSpec.integer(
            STATE_HOT_ROWS,
            "65536",
            1,
            Integer.MAX_VALUE,
            "How many keys of each table of state stay in memory, those used last; of each open window an eighth of them, of each log of rows, such as a window's, 16 times as many rows."));
  }

  /** Bounds of what operators hold of rows that wait for others. */
  private static List<OptionSpec> limits() {
    return List.of(
        OptionSpec.integer(
            SORT_MAX_ROWS,
            null,
            1,
            Long.MAX_VALUE,
            "How many rows may wait at a time for their place where a stream declares disorder: in front of each window that needs them"
                + " in order. Default: as many as memory holds."),
        OptionSpec.choice(
            SORT_OVERFLOW,
            "fail",
            List.of("fail", RowLimits.LATE),
            "What happens to a row that would be one too many: the job stops, or the row counts as late, and goes where LATE INTO says."),
        OptionSpec.choice(
            JOIN_ORDER,
            JoinSettings.ARRIVAL,
            List.of(JoinSettings.ARRIVAL, JoinSettings.TIME),
            "How a join WITHIN a time takes rows of several endless source partitions: as they come, with pairs at once, in an order that"
                + " may differ from run to run; or by their times, in one order, with pairs when the watermark has passed them."),
        OptionSpec.integer(
            JOIN_MAX_ROWS,
            null,
            1,
            Long.MAX_VALUE,
            "How many rows a join WITHIN a time may hold of each side, and a join of windows may hold back of each side until the"
                + " watermark of the other one comes. Default: as many as memory holds."),
        OptionSpec.choice(
            JOIN_OVERFLOW,
            "fail",
            List.of("fail", RowLimits.LATE),
            "What happens to a row that would be one too many in a join: the job stops, or the row joins nothing, counts"
                + " as late, and goes where LATE INTO says."));
  }

  private static List<OptionSpec> snapshots() {
    return List.of(
        OptionSpec.optional(
            SNAPSHOT_DIR,
            OptionType.STRING,
            null,
            "The folder that holds the job's snapshots, in a folder of the job's name. Without one the job keeps none, unless the"
                + " engine says where."),
        OptionSpec.optional(
            SNAPSHOT_AT_WATERMARK,
            OptionType.DURATION,
            "0 s",
            "Has a snapshot taken also when the watermark of all inputs passes a multiple of this duration since the epoch: with"
                + " '1 HOUR' when an hour of event time is complete. '0 s' is never."),
        OptionSpec.integer(
            SNAPSHOT_RETAINED, "2", 1, 1_000, "How many committed snapshots are kept."),
        OptionSpec.choice(
            SNAPSHOT_ON_FAILURE,
            "fail",
            List.of("fail", "continue"),
            "What happens when a snapshot cannot be written: the job stops, or goes on and tries again. A job whose output goes to Kafka"
                + " exactly once always stops, and goes on by 'restart.attempts'."),
        OptionSpec.optional(
            SNAPSHOT_KEY_FILE,
            OptionType.STRING,
            null,
            "A file with the key (32 bytes in hexadecimal digits or base64) that snapshots are encrypted with (AES-256-GCM)."),
        OptionSpec.optional(
            SNAPSHOT_KEY_ENV, OptionType.STRING, null, "The environment variable with that key."));
  }

  private static List<OptionSpec> recovery() {
    return List.of(
        OptionSpec.optional(
            ALLOW_DUPLICATES,
            OptionType.BOOLEAN,
            "false",
            "Whether a job whose last snapshot is damaged goes on from the one before, and so sends rows again."),
        OptionSpec.optional(
            ALLOW_DROPPED_STATE,
            OptionType.BOOLEAN,
            "false",
            "Whether state that a changed script no longer has is left out when the job goes on."),
        OptionSpec.integer(
            RESTART_ATTEMPTS,
            "0",
            0,
            Integer.MAX_VALUE,
            "How many times in a row a job that fails is started again, from its last snapshot."),
        OptionSpec.optional(
            RESTART_BACKOFF,
            OptionType.DURATION,
            "1 s",
            "How long a job waits before it is started again; twice as long each time in a row."));
  }
}
