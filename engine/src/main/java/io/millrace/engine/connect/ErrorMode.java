package io.millrace.engine.connect;

import io.millrace.spi.option.Options;

/** What becomes of a bad record or row. */
enum ErrorMode {
  SKIP,
  FAIL,
  DEAD_LETTER;

  static ErrorMode of(Options options) {
    if (options.isGiven(StreamOptions.ON_ERROR)) {
      return switch (options.getChoice(StreamOptions.ON_ERROR)) {
        case "fail" -> FAIL;
        case "dead-letter" -> DEAD_LETTER;
        default -> SKIP;
      };
    }
    return hasPlace(options) ? DEAD_LETTER : SKIP;
  }

  /** Whether a stream says what becomes of them. */
  static boolean isSaid(Options options) {
    return options.isGiven(StreamOptions.ON_ERROR) || hasPlace(options);
  }

  private static boolean hasPlace(Options options) {
    return options.isGiven(StreamOptions.DEAD_LETTER_PATH)
        || options.isGiven(StreamOptions.DEAD_LETTER_TOPIC);
  }
}
