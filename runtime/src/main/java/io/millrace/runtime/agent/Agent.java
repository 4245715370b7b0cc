package io.millrace.runtime.agent;

import org.jspecify.annotations.Nullable;

/** Work in small pieces, done by one thread (after Agrona's agents). */
public interface Agent {
  /** The name of its thread. */
  String name();

  /**
   * Does a piece of work.
   *
   * @return how much was done; 0 if there was nothing to do, less if there never will be
   */
  int doWork();

  /** Waits a little, because there was nothing to do. May return early; is interrupted to stop. */
  void idle();

  /**
   * Called once, at the end, by the thread that did the work.
   *
   * @param failure why it ended; null if it was stopped or has done its work
   */
  void onEnd(@Nullable Throwable failure);
}
