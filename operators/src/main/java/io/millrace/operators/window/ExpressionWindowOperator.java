package io.millrace.operators.window;

import io.millrace.operators.kernel.AggregateKernel;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.operator.Output;
import io.millrace.spi.state.StateType;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Sliding windows by a condition over their rows. The fields of a window are the aggregates that
 * the condition reads. An arriving row goes into these; then the oldest rows leave until the
 * condition is true, at last the arriving one, which is sent with its group if it stays.
 */
final class ExpressionWindowOperator extends LoggedWindowOperator {
  private static final long FAILED = -1;
  private final ExpressionWindowSpec spec;
  private final KernelLoader loader;
  private final Column[] read;
  private final TouchedGroups left = new TouchedGroups();
  private final RowErrors conditionErrors = new RowErrors();
  private final int[] one = new int[1];
  private AggregateKernel aggregates;
  private RowPredicate condition;
  private RowBuffer results;
  private Timeline timeline;
  private int[] slots = new int[0];

  ExpressionWindowOperator(ExpressionWindowSpec spec, KernelLoader loader) {
    super(spec.groups(), spec.read(), loader);
    this.spec = spec;
    this.loader = loader;
    read = new Column[spec.read().size()];
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    aggregates = loader.load(spec.aggregates().kernel(), context.evaluation());
    condition = loader.load(spec.condition(), context.evaluation());
    List<Field> fields = new ArrayList<>();
    for (DataType type : spec.aggregates().results()) {
      fields.add(new Field("r" + fields.size(), type));
    }
    timeline = context.outputTimeline();
    results = new RowBuffer(new Schema(fields), 1, timeline);
  }

  @Override
  List<StateType> windowFields() {
    return spec.aggregates().fields();
  }

  @Override
  boolean arrive(Batch batch, int row, Output output) {
    int window = windowOf(row);
    int group = groupOf(row);
    long staying = firstStaying(window, row);
    boolean stays = staying != FAILED && staying <= log().end(window);
    if (staying != FAILED) {
      leave(window, Math.min(staying, log().end(window)), batch, row, stays);
    }
    boolean fails = staying == FAILED || (stays && !add(row));
    if (fails) {
      left.add(group);
      restore(window);
    } else {
      long ended = Math.min(staying, log().end(window));
      log().dropFirst(window, (int) (ended - log().first(window)));
      if (stays) {
        append(batch, row);
        send(batch, row, output);
      } else {
        sendLeaving(batch, output);
      }
    }
    left.add(group);
    for (int i = 0; i < left.count(); i++) {
      dropIfEmpty(left.get(i));
    }
    left.clear();
    if (log().size(window) == 0) {
      noteEmpty();
    }
    return !fails;
  }

  /**
   * The ordinal of the first row that stays: that of the arriving row, which is the next, if no
   * other does, and one more if not even it does.
   */
  private long firstStaying(int window, int row) {
    if (!take(window, row)) {
      return FAILED;
    }
    long end = log().end(window);
    long at = log().first(window);
    for (; at <= end && !holds(window); at++) {
      if (!conditionErrors.isEmpty()) {
        errors().add(row, conditionErrors.message(0));
        conditionErrors.clear();
        return FAILED;
      }
      if (at < end) {
        aggregates.remove(
            read(log().columns(window, at)), log().index(window, at), changing(window));
      } else {
        aggregates.remove(read(kept()), row, changing(window));
      }
    }
    return at;
  }

  /** Adds the arriving row to what the condition reads; false if it fails. */
  private boolean take(int window, int row) {
    if (slots.length <= row) {
      slots = new int[Math.max(row + 1, 2 * slots.length)];
    }
    slots[row] = changing(window);
    int failed = errors().size();
    aggregates.add(read(kept()), row, row + 1, slots, errors());
    return errors().size() == failed;
  }

  /** Whether the condition is true; if it fails, {@code conditionErrors} says why. */
  private boolean holds(int window) {
    one[0] = windows().slot(window);
    aggregates.bind(windows());
    results.clear();
    results.append(0, 0);
    aggregates.results(one, 0, 1, results.columns(), 0);
    return condition.test(results.batch(timeline, timeline), 0, conditionErrors);
  }

  /** Takes rows out of their groups, which the log still holds. */
  private void leave(int window, long to, Batch batch, int row, boolean stays) {
    for (long ordinal = log().first(window); ordinal < to; ordinal++) {
      Column[] rows = log().columns(window, ordinal);
      int index = log().index(window, ordinal);
      int group = remove(rows, index);
      left.add(group);
      if (spec.groups().sendsLeavingRows()) {
        noteLeaving(rows, index, group, batch, row);
      }
    }
    for (int i = 0; i < left.count(); i++) {
      noteLeft(left.get(i), batch, row, stays);
    }
  }

  /** Makes what rows have left, or the arriving one may be in, anew from the log. */
  private void restore(int window) {
    aggregates.reset(changing(window));
    for (long ordinal = log().first(window); ordinal < log().end(window); ordinal++) {
      Column[] rows = read(log().columns(window, ordinal));
      aggregates.addBack(rows, log().index(window, ordinal), changing(window));
    }
    rebuild(window, left);
  }

  /** The slot of a window whose aggregates are changed next. */
  private int changing(int window) {
    int slot = windows().slot(window);
    windows().touch(slot);
    aggregates.bind(windows());
    return slot;
  }

  /** The columns that the condition's aggregates take, of columns of rows as they are kept. */
  private Column[] read(Column[] rows) {
    System.arraycopy(rows, spec.groups().arguments().size(), read, 0, read.length);
    return read;
  }
}
