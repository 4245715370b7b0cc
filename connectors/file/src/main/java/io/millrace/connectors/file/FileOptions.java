package io.millrace.connectors.file;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.OptionException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.option.OptionType;
import io.millrace.spi.option.Options;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The options of the connector, declared and read, with what contradicts refused. */
final class FileOptions {
  private static final String PATH = "path";
  private static final String MODE = "mode";
  private static final String DONE_FOLDER = "done.folder";
  private static final String MAX_RECORD_SIZE = "max.record.size";
  private static final String ROTATE_SIZE = "rotate.size";
  private static final String ROTATE_INTERVAL = "rotate.interval";
  private static final String OPEN_FILES = "open.files";
  private static final List<String> OF_SOURCES = List.of(DONE_FOLDER, MAX_RECORD_SIZE);
  private static final List<String> OF_SINKS = List.of(ROTATE_SIZE, ROTATE_INTERVAL, OPEN_FILES);
  private static final long LARGEST_RECORD = 1L << 30;

  private FileOptions() {}

  /**
   * What a source needs.
   *
   * @param path a file, a folder or a glob
   * @param follows whether it goes on with what is added
   * @param doneFolder where files go that were read
   * @param maxRecordSize the length of the longest record in bytes
   */
  record OfSource(String path, boolean follows, Optional<Path> doneFolder, int maxRecordSize) {}

  /**
   * What a sink needs.
   *
   * @param path a file, or a template of files
   * @param appends whether what is in a file stays
   * @param rotateSize the size in bytes, before compression, at which a file is full; 0 for never
   * @param rotateMillis the age in milliseconds at which a file is full; 0 for never
   * @param openFiles how many files are open at a time
   */
  record OfSink(String path, boolean appends, long rotateSize, long rotateMillis, int openFiles) {}

  static List<OptionSpec> specs() {
    return List.of(
        OptionSpec.required(
            PATH,
            OptionType.STRING,
            "A file, a folder or a glob, read in the order of names; a sink's file, or one per"
                + " value with {column} or {column:yyyy-MM-dd}; .gz is compressed."),
        OptionSpec.choice(
            MODE,
            null,
            List.of("once", "follow", "overwrite", "append"),
            "Sources: 'once' (default) reads to the end, 'follow' goes on with new lines and"
                + " files; sinks: 'overwrite' (default) or 'append'."),
        OptionSpec.optional(
            DONE_FOLDER,
            OptionType.STRING,
            null,
            "Sources: a folder into which a file is moved once its rows are safe."),
        OptionSpec.optional(
            MAX_RECORD_SIZE,
            OptionType.BYTES,
            "16 MB",
            "Sources: a longer record cannot be decoded."),
        OptionSpec.optional(
            ROTATE_SIZE,
            OptionType.BYTES,
            null,
            "Sinks: a file of this size, before compression, is renamed to name-00001 and so on,"
                + " and a new one begins."),
        OptionSpec.optional(
            ROTATE_INTERVAL,
            OptionType.DURATION,
            null,
            "Sinks: a file of this age is renamed in the same way."),
        OptionSpec.optional(
            OPEN_FILES,
            OptionType.INTEGER,
            "100",
            "Sinks: how many files of a path with {column} are open at a time."));
  }

  static boolean follows(Options options) {
    return options.findString(MODE).map(mode -> mode.equalsIgnoreCase("follow")).orElse(false);
  }

  /**
   * What a source needs.
   *
   * @throws OptionException if the options contradict each other
   */
  static OfSource ofSource(Options options) {
    refuse(options, OF_SINKS, "sinks");
    String mode = options.isGiven(MODE) ? options.getChoice(MODE) : "once";
    if (!mode.equals("once") && !mode.equals("follow")) {
      throw new OptionException(
          MODE, "option 'mode' of a source must be 'once' or 'follow', not '" + mode + "'");
    }
    long maxRecordSize = options.getSize(MAX_RECORD_SIZE);
    if (maxRecordSize < 1 || maxRecordSize > LARGEST_RECORD) {
      throw new OptionException(
          MAX_RECORD_SIZE, "option 'max.record.size' must be from 1 byte to 1 GB");
    }
    return new OfSource(
        options.getString(PATH),
        mode.equals("follow"),
        options.findString(DONE_FOLDER).map(FileOptions::path),
        (int) maxRecordSize);
  }

  /**
   * What a sink needs.
   *
   * @param resumes whether what it wrote before stays in any case
   * @throws OptionException if the options contradict each other
   */
  static OfSink ofSink(Options options, boolean resumes) {
    refuse(options, OF_SOURCES, "sources");
    String mode = options.isGiven(MODE) ? options.getChoice(MODE) : "overwrite";
    if (!mode.equals("overwrite") && !mode.equals("append")) {
      throw new OptionException(
          MODE, "option 'mode' of a sink must be 'overwrite' or 'append', not '" + mode + "'");
    }
    long openFiles = options.getLong(OPEN_FILES);
    if (openFiles < 1 || openFiles > 10_000) {
      throw new OptionException(OPEN_FILES, "option 'open.files' must be from 1 to 10000");
    }
    long size = options.isGiven(ROTATE_SIZE) ? options.getSize(ROTATE_SIZE) : 0;
    Duration interval =
        options.isGiven(ROTATE_INTERVAL) ? options.getDuration(ROTATE_INTERVAL) : Duration.ZERO;
    if (options.isGiven(ROTATE_SIZE) && size == 0) {
      throw new OptionException(ROTATE_SIZE, "option 'rotate.size' must be above 0");
    }
    if (options.isGiven(ROTATE_INTERVAL) && interval.toMillis() <= 0) {
      throw new OptionException(ROTATE_INTERVAL, "option 'rotate.interval' must be above 0");
    }
    return new OfSink(
        options.getString(PATH),
        resumes || mode.equals("append"),
        size,
        interval.toMillis(),
        (int) openFiles);
  }

  /** The path of a text. */
  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new MillraceException("'" + text + "' is no path: " + e.getReason(), e);
    }
  }

  private static void refuse(Options options, List<String> names, String owners) {
    for (String name : names) {
      if (options.isGiven(name)) {
        throw new OptionException(name, "option '" + name + "' is for " + owners + " only");
      }
    }
  }
}
