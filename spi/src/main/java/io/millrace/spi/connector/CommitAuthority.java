package io.millrace.spi.connector;

import java.util.Optional;

/**
 * The transactions of a job on one system. The commit of a transaction makes the output of an
 * interval visible and at the same moment says which snapshot goes with it: that is the one atomic
 * point of the job.
 *
 * <p>Life: {@link #fence} once, before anything else, also before the sources are opened; then for
 * each interval {@link #begin}, rows to the {@link #sink sinks}, {@link #end}, and on another
 * thread, while the next interval is being written, {@link PendingCommit#commit}; {@link #close} at
 * last. At most two transactions are open, one that is written and one that is to be committed: the
 * commit of an interval returns before the second one after it begins. An interval that has ended
 * is either committed or closed with the authority; its rows cannot become part of another one. If
 * anything fails, nobody knows what was committed: the job closes the authority, opens it anew and
 * goes on from what {@link #fence} says.
 */
public interface CommitAuthority extends AutoCloseable {
  /**
   * Takes the job over: from now on no earlier process of the job can write or commit, transactions
   * that they left open are aborted.
   *
   * @return what was committed last; empty if nothing ever was, or the system has forgotten it
   * @throws io.millrace.spi.error.MillraceException with cause and remedy, if that fails
   */
  Optional<CommitPointer> fence();

  /**
   * The sink of a stream: its rows belong to the interval that was begun last. Not to be closed.
   * Takes rows between {@link #begin} and {@link #end} only.
   */
  Sink sink(StreamDefinition stream);

  /** Begins an interval, between two turns, by the thread that writes. */
  void begin();

  /**
   * Ends the interval, between two turns, by the thread that writes. When it returns, all rows of
   * the interval have been taken by the system in their order, though nobody sees them yet.
   *
   * @throws io.millrace.spi.error.MillraceException if a row could not be written
   */
  PendingCommit end();

  /**
   * Aborts what is open and releases everything. May be called at any time, also twice and while
   * another thread commits, whose call then succeeds or fails.
   */
  @Override
  void close();
}
