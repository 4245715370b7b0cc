package io.millrace.testkit.operator;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Output;
import java.util.ArrayList;
import java.util.List;

/** Copies what an operator sends, and checks what it owes to those downstream. */
final class RecordedOutput implements Output {
  private final List<OutputRow> rows = new ArrayList<>();
  private final List<OutputRow> late = new ArrayList<>();
  private final List<OutputRow> failed = new ArrayList<>();
  private long base;
  private int length;
  private int lastPosition;

  void beginTurn(long turnBase, int turnLength) {
    base = turnBase;
    length = turnLength;
    lastPosition = 0;
  }

  @Override
  public void emit(Batch batch) {
    for (int row = 0; row < batch.size(); row++) {
      OutputRow sent = OutputRow.of(batch, row, base, "");
      int position = batch.position(row);
      if (position < lastPosition || position > 2 * length) {
        throw new AssertionError(
            "the operator sent "
                + sent.describe()
                + " at position "
                + position
                + "; of a turn of "
                + length
                + " rows in which position "
                + lastPosition
                + " was sent before, it must be in ["
                + lastPosition
                + ", "
                + 2 * length
                + "]");
      }
      lastPosition = position;
      rows.add(sent);
    }
  }

  @Override
  public void late(Batch batch, int row) {
    late.add(OutputRow.of(batch, row, base, ""));
  }

  @Override
  public void fail(Batch batch, int row, String error) {
    failed.add(OutputRow.of(batch, row, base, error));
  }

  HarnessResult result(long entries) {
    return new HarnessResult(rows, late, failed, entries);
  }
}
