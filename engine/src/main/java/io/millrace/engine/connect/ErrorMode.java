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
    boolean hasPlace =
        options.isGiven(StreamOptions.DEAD_LETTER_PATH)
            || options.isGiven(StreamOptions.DEAD_LETTER_TOPIC);
    return hasPlace ? DEAD_LETTER : SKIP;
  }
}
