package io.millrace.engine;

import io.millrace.engine.connect.StreamOptions;
import io.millrace.engine.overload.ShedRows;
import io.millrace.runtime.circuit.Turns;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** How rows that a program sends get into a job that does not keep it waiting for ever. */
final class Admission {
  private final String job;
  private final String stream;
  private final long waitNanos;
  private final @Nullable ShedRows shed;

  /**
   * @param waitNanos how long they wait for rows of other threads
   * @param shed counts those that are left out then; null if they are refused
   */
  Admission(String job, String stream, long waitNanos, @Nullable ShedRows shed) {
    this.job = job;
    this.stream = stream;
    this.waitNanos = waitNanos;
    this.shed = shed;
  }

  /**
   * Runs the turn of some rows, or does with the rows what is done under overload.
   *
   * @param rows gives how many there are, asked only if they are left out
   * @return whether the turn has been run or will be
   * @throws OverloadException if they are refused
   */
  boolean run(Turns turns, IntSupplier rows, Runnable turn) {
    if (turns.tryRun(turn, waitNanos)) {
      return true;
    }
    if (shed == null) {
      throw new OverloadException(
          "job '"
              + job
              + "' is overloaded: rows for '"
              + stream
              + "' have waited "
              + Duration.ofNanos(waitNanos).toMillis()
              + " ms for those of other threads ('"
              + StreamOptions.OVERLOAD_WAIT
              + "'); none of them was taken, send them again later");
    }
    shed.shed(rows.getAsInt());
    return false;
  }
}
