package io.millrace.operators.join;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;

/** Takes the rows of a turn at its end, when those of both inputs are there, in their order. */
abstract class JoinOperator implements Operator {
  static final int LEFT = 0;
  static final int RIGHT = 1;
  private final JoinSpec spec;
  private final int former;
  private final KernelLoader loader;
  private final Column[] keys;
  private TurnOfTwo turn;
  private JoinedRows out;

  /**
   * @param former the input whose rows come first at one position
   */
  JoinOperator(JoinSpec spec, int former, KernelLoader loader) {
    this.spec = spec;
    this.former = former;
    this.loader = loader;
    this.keys = new Column[spec.left().keys().size()];
  }

  @Override
  public void open(OperatorContext context) {
    turn = new TurnOfTwo(spec.left(), spec.right(), former, context.outputTimeline());
    out = new JoinedRows(spec, loader, context);
  }

  @Override
  public void process(int input, Batch batch, Output output) {
    turn.add(input, batch);
  }

  @Override
  public final boolean onTime(TimeDomain domain, Timeline timeline, Output output) {
    if (domain == TimeDomain.EVENT) {
      try {
        for (int input = turn.next(); input >= 0; input = turn.next()) {
          int row = turn.take(input);
          take(input, turn.batch(input, row), row, timeline, output);
        }
        end(timeline, output);
      } finally { // what goes before a failure goes in this turn
        out.settle(output);
        out.flush(output);
        turn.clear();
        forgetTurn();
      }
    }
    return false;
  }

  /**
   * Takes the next row of an input.
   *
   * @param merged the watermark of both inputs, over the turn
   */
  abstract void take(int input, Batch batch, int row, Timeline merged, Output output);

  /** Comes behind the rows of a turn. */
  void end(Timeline merged, Output output) {}

  /** Comes behind a turn, also one that has failed. */
  void forgetTurn() {}

  final JoinedRows out() {
    return out;
  }

  /** The columns of a batch of a side that say what a row meets. */
  final Column[] keys(int side, Batch batch) {
    JoinSide of = side == LEFT ? spec.left() : spec.right();
    for (int i = 0; i < keys.length; i++) {
      keys[i] = batch.column(of.keys().get(i));
    }
    return keys;
  }
}
