package io.millrace.testkit.operator;

import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.testkit.operator.HarnessMode.Saving;
import io.millrace.testkit.state.SavedState;
import io.millrace.testkit.time.VirtualClock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run of an operator over all steps in one mode. */
final class HarnessRun {
  private static final int MOST_SLICES = 1_000_000;

  /** How many captures are restored one after the other, at most. */
  private static final int LONGEST_CHAIN = 4;

  private final HarnessSetup setup;
  private final HarnessMode mode;
  private final InputTimelines timelines;
  private final RecordedOutput output = new RecordedOutput();
  private final EvaluationContext evaluation =
      new EvaluationContext(new VirtualClock(), ZoneOffset.UTC);
  private StateBackend backend;
  private Operator operator;
  private @Nullable SavedState saved;

  /** What is saved a turn later: the capture that was begun at the end of the turn before. */
  private @Nullable StateCapture begun;

  private long base;

  private record Context(
      StateContext state, int batchSize, Timeline outputTimeline, EvaluationContext evaluation)
      implements OperatorContext {}

  HarnessRun(HarnessSetup setup, HarnessMode mode) {
    this.setup = setup;
    this.mode = mode;
    timelines = new InputTimelines(setup);
    backend = setup.backends().get();
    operator = open(backend);
    beginCapture();
  }

  HarnessResult run(List<HarnessStep> steps) {
    List<HarnessStep.Row> turn = new ArrayList<>();
    for (HarnessStep step : steps) {
      if (step instanceof HarnessStep.Row row) {
        if (turn.size() == mode.turn() || (!turn.isEmpty() && !isOfSource(turn.get(0), row))) {
          rows(turn);
        }
        turn.add(row);
      } else if (step instanceof HarnessStep.Advance advance) {
        rows(turn);
        advance(advance);
      }
    }
    rows(turn);
    HarnessResult result = output.result(backend.entries());
    backend.close();
    return result;
  }

  private boolean isOfSource(HarnessStep.Row first, HarnessStep.Row row) {
    return setup.sharesSource() || first.input() == row.input();
  }

  /** Takes a turn of source rows, and empties the list. */
  private void rows(List<HarnessStep.Row> turn) {
    if (turn.isEmpty()) {
      return;
    }
    timelines.beginRows(base, turn);
    turn(turn);
    base += 2L * turn.size();
    turn.clear();
  }

  private void advance(HarnessStep.Advance advance) {
    base += 2;
    timelines.beginAdvance(base, advance.input(), advance.time());
    turn(List.of());
    base += 2;
  }

  private void turn(List<HarnessStep.Row> rows) {
    StateCapture capture = begun;
    if (capture != null) {
      play(rows, new RecordedOutput());
      capture.takeMore(Integer.MAX_VALUE);
      SavedState before = saved;
      restore(before == null ? SavedState.of(capture) : before.with(capture));
    }
    play(rows, output);
    timelines.end();
    if (mode.saving() == Saving.RESTORED) {
      SavedState before = saved;
      restore(
          before == null || before.length() == LONGEST_CHAIN
              ? SavedState.of(backend)
              : before.next(backend));
    }
    beginCapture();
  }

  private void play(List<HarnessStep.Row> rows, RecordedOutput to) {
    to.beginTurn(base, rows.size());
    for (int input = 0; input < setup.inputs().size(); input++) {
      InputBatches batches = new InputBatches(setup.inputs().get(input), timelines.of(input));
      for (InputBatches.Lent lent : batches.cut(rows, input, mode.call())) {
        operator.process(input, lent.batch(), to);
        lent.takeBack();
      }
    }
    int slices = 0;
    while (operator.onTime(TimeDomain.EVENT, timelines.own(), to)) {
      if (++slices == MOST_SLICES) {
        throw new AssertionError("onTime says again and again that more is due");
      }
    }
  }

  private void beginCapture() {
    if (mode.saving() == Saving.RESTORED_A_TURN_LATER) {
      SavedState before = saved;
      begun = backend.beginCapture(before == null || before.length() == LONGEST_CHAIN);
    }
  }

  private void restore(SavedState state) {
    saved = state;
    backend.close();
    backend = setup.backends().get();
    operator = open(backend);
    state.restore(backend);
    timelines.restore();
  }

  private Operator open(StateBackend state) {
    Operator opened = setup.operators().get();
    opened.open(new Context(state, mode.outputBatch(), timelines.passedOn(), evaluation));
    return opened;
  }
}
