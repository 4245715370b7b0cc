package io.millrace.engine.connect;

import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import java.util.List;

/** The options that the engine itself takes: of every stream with a connector, and of SET. */
public final class StreamOptions {
  public static final String ON_ERROR = "on.error";
  public static final String DEAD_LETTER_PATH = "dead.letter.path";
  public static final String DEAD_LETTER_TOPIC = "dead.letter.topic";
  public static final String TIME_ZONE = "time.zone";
  public static final String COMMIT_INTERVAL = "commit.interval";

  private StreamOptions() {}

  /** Options in WITH, of every stream. */
  public static List<OptionSpec> ofStreams() {
    return List.of(
        OptionSpec.choice(
            ON_ERROR,
            null,
            List.of("skip", "fail", "dead-letter"),
            "What becomes of a record that cannot be decoded and of a row whose expression fails: it is skipped and counted, the job"
                + " fails, or it goes to the dead letters. Default: dead-letter if a place for them is given, else skip."),
        OptionSpec.optional(
            DEAD_LETTER_PATH,
            OptionType.STRING,
            null,
            "The file that takes dead letters, as JSON lines."),
        OptionSpec.optional(
            DEAD_LETTER_TOPIC,
            OptionType.STRING,
            null,
            "The Kafka topic that takes dead letters, as JSON."));
  }

  /** Keys of SET. */
  public static List<OptionSpec> settings() {
    return List.of(
        OptionSpec.optional(
            TIME_ZONE, OptionType.STRING, "UTC", "The time zone of functions that take one."),
        OptionSpec.optional(
            COMMIT_INTERVAL,
            OptionType.DURATION,
            "1 s",
            "How often sinks are flushed and sources told that what they gave is safe."));
  }
}
