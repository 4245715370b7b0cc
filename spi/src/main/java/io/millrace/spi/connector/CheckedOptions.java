package io.millrace.spi.connector;

import io.millrace.spi.option.Options;

/**
 * A connector that can tell from the options alone that they contradict each other or do not fit
 * the use of the stream. It is asked when a script is compiled, after each option has been checked
 * against its declaration, so that such errors have a position like all others.
 */
public interface CheckedOptions {
  /**
   * Checks the options of a stream. Opens nothing, and asks no other system.
   *
   * @param isSink whether the stream is written; otherwise it is read
   * @throws io.millrace.spi.option.OptionException if they do not fit
   */
  void check(Options options, boolean isSink);
}
