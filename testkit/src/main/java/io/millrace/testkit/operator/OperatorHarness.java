package io.millrace.testkit.operator;

import io.millrace.spi.data.RowKind;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs an operator without a runtime, and checks that what comes out depends on the input alone:
 * with turns of 1, 7 and 1,024 rows, with batches smaller than turns, with its state saved and
 * restored into a fresh instance after each turn, or saved while the next turn runs, and with each
 * kind of state, it sends the same rows with the same causes in the same order.
 *
 * <p>A test is written as what happens, each step followed by what it leads to:
 *
 * <pre>{@code
 * OperatorHarness.of(() -> spec.create(loader), HeapStateBackend::new)
 *     .input(trades)
 *     .eventTime(0)
 *     .row(1000, "a", 1)
 *     .row(1500, "a", 2)
 *     .row(2000, "b", 5).emits(1999, "a", 3)
 *     .row(1000, "a", 7).isLate()
 *     .advance(3000).emits(2999, "b", 5)
 *     .checkLeavesNothing();
 * }</pre>
 *
 * An output row must be caused by the step after which it stands. On event time (the default,
 * without slack) that is the row or the advance of time behind it, on arrival time the advance
 * before the row or the row. Rows on arrival time have times that do not fall. A batch is made
 * useless when its loan ends. Values are boxed internal ones; an {@code Integer} stands for a long.
 */
public final class OperatorHarness {
  private final Supplier<Operator> operators;
  private final List<Supplier<StateBackend>> backends;
  private final List<Schema> inputs = new ArrayList<>();
  private final List<HarnessStep> steps = new ArrayList<>();
  private final List<ExpectedRow> rows = new ArrayList<>();
  private final List<ExpectedRow> late = new ArrayList<>();
  private final List<ExpectedRow> failed = new ArrayList<>();
  private boolean arrival;
  private long slack;
  private long lag;
  private boolean holdsTime;
  private @Nullable Slack retimes;
  private boolean sharedSource;
  private long nextCause;
  private long firstCause;
  private long lastCause;

  private OperatorHarness(Supplier<Operator> operators, List<Supplier<StateBackend>> backends) {
    this.operators = operators;
    this.backends = backends;
  }

  /**
   * Begins a test.
   *
   * @param operators makes a new instance of the operator at each call
   * @param backends make an empty back end at each call, each of a kind
   */
  @SafeVarargs
  public static OperatorHarness of(
      Supplier<Operator> operators, Supplier<StateBackend>... backends) {
    return new OperatorHarness(operators, List.of(backends));
  }

  /** Adds an input; the first one is input 0. */
  public OperatorHarness input(Schema schema) {
    inputs.add(schema);
    return this;
  }

  /** Rows have times of their own; the watermark is the greatest one less the slack. */
  public OperatorHarness eventTime(long slackMillis) {
    requireNoSteps();
    arrival = false;
    slack = slackMillis;
    return this;
  }

  /** The clock gives the times: it reaches a row's time before the row comes. */
  public OperatorHarness arrivalTime() {
    requireNoSteps();
    arrival = true;
    return this;
  }

  /** How far the watermark that the operator passes on is behind its own. */
  public OperatorHarness lag(long millis) {
    lag = millis;
    return this;
  }

  /** The operator says itself how far the watermark goes that it passes on. */
  public OperatorHarness holdsTime() {
    holdsTime = true;
    return this;
  }

  /**
   * The operator gives its rows their times.
   *
   * @param behind how far the watermark stays behind the greatest of them
   */
  public OperatorHarness retimes(Slack behind) {
    retimes = behind;
    return this;
  }

  /** All inputs come from one source: a turn brings rows to several. */
  public OperatorHarness sharedSource() {
    sharedSource = true;
    return this;
  }

  /** A row of input 0. */
  public OperatorHarness row(long rowtime, @Nullable Object... values) {
    return change(0, RowKind.INSERT, rowtime, values);
  }

  public OperatorHarness rowOf(int input, long rowtime, @Nullable Object... values) {
    return change(input, RowKind.INSERT, rowtime, values);
  }

  /** A row of a change log. */
  public OperatorHarness change(int input, RowKind kind, long rowtime, @Nullable Object... values) {
    if (input >= inputs.size() || inputs.get(input).size() != values.length) {
      throw new IllegalArgumentException(
          "no input " + input + " with " + values.length + " columns; the inputs are " + inputs);
    }
    return step(new HarnessStep.Row(input, kind, rowtime, ExpectedRow.internal(values), false));
  }

  /** A row of an input's source that a filter in front kept back: it moves time only. */
  public OperatorHarness filteredRow(int input, long rowtime) {
    return step(new HarnessStep.Row(input, RowKind.INSERT, rowtime, List.of(), true));
  }

  /** Time goes on for all inputs, without rows. */
  public OperatorHarness advance(long time) {
    return step(new HarnessStep.Advance(-1, time));
  }

  public OperatorHarness advanceOf(int input, long time) {
    return step(new HarnessStep.Advance(input, time));
  }

  /** All inputs end. */
  public OperatorHarness end() {
    return advance(Timeline.END);
  }

  /** The last step leads to this row. */
  public OperatorHarness emits(long rowtime, @Nullable Object... values) {
    return emits(RowKind.INSERT, rowtime, values);
  }

  /** The last step leads to this change. */
  public OperatorHarness emits(RowKind kind, long rowtime, @Nullable Object... values) {
    List<@Nullable Object> internal = ExpectedRow.internal(values);
    rows.add(new ExpectedRow(firstCause, lastCause, kind, rowtime, internal, ""));
    return this;
  }

  /** The last row comes too late. */
  public OperatorHarness isLate() {
    late.add(expectLastRow(""));
    return this;
  }

  /**
   * The last row fails.
   *
   * @param error a part of the message
   */
  public OperatorHarness fails(String error) {
    failed.add(expectLastRow(error));
    return this;
  }

  /** Runs the test in all modes. */
  public void check() {
    HarnessResult result = run();
    RowComparison.requireMet("rows sent", rows, result.rows());
    RowComparison.requireMet("late rows", late, result.late());
    RowComparison.requireMet("failed rows", failed, result.failed());
  }

  /** As {@link #check}, and the operator must have nothing left in its state. */
  public void checkLeavesNothing() {
    check();
    long left = run().entries();
    if (left != 0) {
      throw new AssertionError("the operator left " + left + " entries in its state");
    }
  }

  /**
   * Runs the steps in all modes, and gives what came out: to be compared with a naive algorithm.
   *
   * @throws AssertionError if the modes disagree
   */
  public HarnessResult run() {
    HarnessResult first = run(setup(0), HarnessMode.ALL.get(0));
    for (int kind = 0; kind < backends.size(); kind++) {
      for (HarnessMode mode : HarnessMode.ALL) {
        compare(first, run(setup(kind), mode), mode + (kind == 0 ? "" : ", state of kind " + kind));
      }
    }
    return first;
  }

  private HarnessSetup setup(int kind) {
    return new HarnessSetup(
        operators,
        backends.get(kind),
        inputs,
        arrival,
        slack,
        lag,
        holdsTime,
        retimes,
        sharedSource);
  }

  private static void compare(HarnessResult first, HarnessResult other, String mode) {
    String which = " in " + HarnessMode.ALL.get(0) + " and in " + mode;
    RowComparison.requireEqual("rows sent" + which, first.rows(), other.rows());
    RowComparison.requireEqual("late rows" + which, first.late(), other.late());
    RowComparison.requireEqual("failed rows" + which, first.failed(), other.failed());
    if (first.entries() != other.entries()) {
      throw new AssertionError(
          "entries left in state differ"
              + which
              + ": "
              + first.entries()
              + " and "
              + other.entries());
    }
  }

  private HarnessResult run(HarnessSetup setup, HarnessMode mode) {
    try {
      return new HarnessRun(setup, mode).run(steps);
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("in " + mode + ": " + failure, failure);
    }
  }

  private OperatorHarness step(HarnessStep step) {
    steps.add(step);
    if (step instanceof HarnessStep.Row) {
      firstCause = arrival ? nextCause : nextCause + 1;
      lastCause = firstCause + 1;
      nextCause += 2;
    } else {
      firstCause = nextCause + 2;
      lastCause = firstCause;
      nextCause += 4;
    }
    return this;
  }

  private ExpectedRow expectLastRow(String error) {
    if (steps.isEmpty() || !(steps.get(steps.size() - 1) instanceof HarnessStep.Row row)) {
      throw new IllegalStateException("no row stands before");
    }
    return new ExpectedRow(firstCause, lastCause, row.kind(), row.rowtime(), row.values(), error);
  }

  private void requireNoSteps() {
    if (!steps.isEmpty()) {
      throw new IllegalStateException("how time is told is said before the first row");
    }
  }
}
