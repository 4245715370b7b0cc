package io.millrace.operators.graph;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.time.Slack;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that an operator is, before it runs: immutable, printable, and shared by all its instances. A
 * record per operator.
 */
public interface OperatorSpec {
  /**
   * The name of the operator with its main arguments in one line, for EXPLAIN PHYSICAL, such as
   * {@code TumblingWindow 1 MINUTE by symbol}.
   */
  String describe();

  /** What comes out. */
  Schema output();

  /**
   * Whether {@link Operator#onTime} must be called at the end of a turn: it has deadlines, or holds
   * rows.
   */
  boolean isTimeDriven();

  /**
   * Whether time alone may make it send rows: so it is where it is time-driven, unless it says
   * otherwise.
   */
  default boolean sendsByTime() {
    return isTimeDriven();
  }

  /**
   * How far the watermark that it passes on is behind its own, in milliseconds: how much earlier
   * than the watermark its rows may still be. Not at all, unless it says otherwise.
   */
  default long lagMillis() {
    return 0;
  }

  /**
   * Whether inputs that are idle do not hold its watermark back: they do, unless it says otherwise.
   */
  default boolean leavesOutIdle() {
    return false;
  }

  /**
   * The input whose rows it answers as they come, while the others only say what the answers are:
   * what it sends is in the order of these rows, from the source partitions of these. Of none,
   * unless it says otherwise: then what it sends is in an order of its own.
   */
  default OptionalInt answers() {
    return OptionalInt.empty();
  }

  /** Whether the watermark of an input is part of its own: not of one that only says answers. */
  default boolean countsTimeOf(int input) {
    OptionalInt answered = answers();
    return answered.isEmpty() || answered.getAsInt() == input;
  }

  /**
   * Whether it holds rows of its first input back for the sake of the others, and says itself how
   * far the watermark goes that it passes on: its output timeline is a {@link
   * io.millrace.spi.time.HeldTimeline} then. Not so, unless it says otherwise.
   */
  default boolean holdsTime() {
    return false;
  }

  /**
   * Whether the watermark that it passes on is that of its first input, or where it has been left
   * out of that of all, this one: its output timeline is a {@link
   * io.millrace.spi.time.FollowingTimeline} then. {@link #lagMillis} is how far that stays behind
   * the others. Not so, unless it says otherwise.
   */
  default boolean followsOthers() {
    return false;
  }

  /**
   * If its rows have times that it gives them, and its watermark follows from these alone: how far
   * that stays behind them. Its output timeline is a {@link io.millrace.spi.time.RetimedTimeline}
   * then. Empty, unless it says otherwise.
   */
  default Optional<Slack> retimes() {
    return Optional.empty();
  }

  /** How it may be spread over tasks; not at all, unless it says otherwise. */
  default Distribution distribution() {
    return Distribution.WHOLE;
  }

  /**
   * How its rows belong together where each partition of the inputs is a world of its own, with its
   * own order and its own watermark. As over tasks, unless it needs one instance there only to keep
   * the order of all rows.
   */
  default Distribution overPartitions() {
    return distribution();
  }

  /** The generated code, for EXPLAIN CODE; none, unless it says otherwise. */
  default List<KernelSource<?>> kernels() {
    return List.of();
  }

  /** A new instance. Kernels are loaded when it is opened. */
  Operator create(KernelLoader loader);
}
