package io.millrace.spi.time;

/**
 * The watermark of one input over one turn.
 *
 * <p>A <em>turn</em> is the way of one batch of a source through the graph. Its {@code n} rows are
 * its positions: row {@code i} comes at position code {@code 2i + 1}, the advance of time before it
 * at {@code 2i}, and the last advance, behind all rows, at {@code 2n}. All batches of a turn,
 * however filtered, aggregated or joined, speak of these positions, so that the moment at which a
 * window closes does not depend on how the input was cut into batches. {@code base + code} is the
 * <em>cause</em> of a row: the first part of its order key.
 *
 * <p>The watermark {@code before(i)} is the one at code {@code 2i}, for {@code i} in {@code [0,
 * n]}; it never falls from position to position and from turn to turn. A watermark w says that no
 * more rows with a time before w are expected.
 *
 * <p>A timeline is lent, like the batches of its turn, until the call returns.
 */
public interface Timeline {
  /** The watermark of an input that has said nothing yet. */
  long NEVER = Long.MIN_VALUE;

  /** The watermark of an input that has ended. */
  long END = Long.MAX_VALUE;

  /** The code of row {@code index} of the turn's source batch. */
  static int ofRow(int index) {
    return 2 * index + 1;
  }

  /** The code of the advance of time before row {@code index}. */
  static int ofAdvance(int index) {
    return 2 * index;
  }

  /**
   * What is added to a position code to get the cause: unique in a job, rising from turn to turn.
   */
  long base();

  /** The number of rows of the turn's source batch; 0 where time goes on without rows. */
  int length();

  /** The watermark before row {@code index}, {@code 0 <= index <= length()}. */
  long before(int index);

  /**
   * The watermarks before rows, at their indices.
   *
   * @param to behind the last, at most {@link #length()}
   */
  default void before(int from, int to, long[] watermarks) {
    for (int i = from; i < to; i++) {
      watermarks[i] = before(i);
    }
  }

  /**
   * The watermark that rows have seen which come before the first advance, as far as it matters:
   * only where rows are late by what was known in an earlier turn.
   */
  default long beforeFirst() {
    return NEVER;
  }

  /** The watermark at the end of the turn. */
  default long last() {
    return before(length());
  }

  /**
   * The first advance, not before {@code from}, at which the watermark has reached {@code time}:
   * the smallest {@code i >= from} with {@code before(i) >= time}; {@code length() + 1} if there is
   * none in this turn.
   */
  int firstReaching(long time, int from);

  /**
   * Whether rows of the watermark's own time that come later come behind those that are there: true
   * for one source partition, where a held row is in its final place once the watermark has reached
   * its time; false for several, where the watermark must have passed it.
   */
  default boolean settlesOwnTime() {
    return true;
  }

  /**
   * Whether the input has been silent for so long that what merges it with others leaves it out of
   * their minimum, until it speaks again. The same over the whole turn.
   */
  default boolean isIdle() {
    return false;
  }

  /**
   * The time that the watermark of the sources has when this one reaches a time: later by as much
   * as this one lags behind. It is the time in which moments are counted, so that those of ways
   * with other lags can be compared. {@code NEVER} and {@code END} stay what they are.
   */
  default long toOrigin(long time) {
    return time;
  }

  /**
   * What this watermark has reached when that of the sources has reached a time, as far as nothing
   * else holds it back; {@code NEVER} where that does not follow from it.
   */
  default long fromOrigin(long time) {
    return time;
  }

  /** In which moments are counted, beside the time of the sources. */
  default Moments moments() {
    return Moments.NONE;
  }

  /** Whether moments say something of this watermark: else {@link #reachedBefore} does not. */
  default boolean isCounted() {
    return true;
  }

  /**
   * The moment of what is due when this watermark reaches a time: see {@link Moments}.
   *
   * @param code at which it is sent. What this watermark had reached before comes first of all that
   *     it makes due there
   */
  default long momentOfDeadline(long time, int code) {
    return Moments.ofDeadline(toOrigin(time));
  }

  /**
   * The moment of rows of a time that wait until this watermark has reached it.
   *
   * @param code at which they are sent, as above
   */
  default long momentOfRow(long time, int code) {
    return Moments.ofRow(toOrigin(time));
  }

  /**
   * What this watermark has reached before a moment of an advance, as far as that follows from the
   * moment; {@code NEVER} if it does not.
   *
   * @param code of the advance
   * @param moment not {@code END}
   * @param moments which knows its parts
   */
  default long reachedBefore(int code, long moment, Moments moments) {
    return fromOrigin(moments.lastDeadlineOfSourcesBefore(moment));
  }

  /**
   * What a row has seen of this watermark at its own position: where rows move it, and come at
   * several moments of one position, what those before have moved it to; else {@code NEVER}.
   */
  default long seenAt(int code, long moment) {
    return NEVER;
  }

  /**
   * The advance that a row of position {@code code} has seen: of those before it, the last. -1 if
   * there is none.
   */
  static int lastAdvanceBefore(int code) {
    return ((code + 1) >> 1) - 1;
  }
}
