package io.millrace.operators.pattern;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event beside what attempts keep, a row for each attempt, and the condition of a variable over
 * such rows.
 */
final class CandidateRows {
  /** How many rows there are at most. */
  static final int MOST = 256;

  private final AttemptTable table;
  private final int width;
  private final int[] columns;
  private final int[] reads;
  private final int[] firstKept;
  private final int[] keptOf;
  private final @Nullable RowPredicate condition;
  private final RowErrors errors = new RowErrors();
  private final Batch rows;
  private final long[] times = new long[MOST];
  private final int[] positions = new int[MOST];
  private final int[] selection = new int[MOST];
  private final int[] every = new int[MOST];

  /** The event that the first row holds, if there is but this row; else 0. */
  private long single;

  CandidateRows(
      PatternSpec spec,
      int index,
      AttemptTable table,
      KernelLoader loader,
      EvaluationContext context,
      Timeline timeline) {
    PatternVariable variable = spec.variables().get(index);
    KernelSource<RowPredicate> source = variable.condition();
    this.table = table;
    this.width = spec.input().size();
    this.columns = variable.columns().stream().mapToInt(Integer::intValue).toArray();
    this.reads = variable.reads().stream().mapToInt(Integer::intValue).toArray();
    this.firstKept = new int[reads.length];
    this.keptOf = new int[reads.length];
    for (int i = 0; i < reads.length; i++) {
      firstKept[i] = spec.variables().get(reads[i]).firstKept();
      keptOf[i] = spec.keptOf(reads[i]);
    }
    this.condition = source == null ? null : loader.load(source, context);
    Schema schema = spec.candidates();
    this.rows = new Batch(schema, all(schema), timeline);
    Arrays.setAll(every, i -> 0);
  }

  private static Column[] all(Schema schema) {
    Column[] columns = new Column[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(schema.type(i).layout(), MOST);
    }
    return columns;
  }

  /** Whether there is anything to ask. */
  boolean hasCondition() {
    return condition != null;
  }

  /**
   * Says of attempts for which of them an event fulfils the condition.
   *
   * @param numbers the attempts, {@code numbers[0..count)}
   * @param answers receives at the same index whether it does
   * @return whether that could be said of all; else of none
   */
  boolean ask(PatternEvent event, int[] numbers, int count, boolean[] answers) {
    RowPredicate test = begin(event, count);
    for (int i = 0; i < reads.length; i++) {
      clear(i);
      table.write(reads[i], numbers, count, rows.columns(), width);
    }
    int selected = test.select(rows, selection, errors);
    Arrays.fill(answers, 0, count, false);
    for (int i = 0; i < selected; i++) {
      answers[selection[i]] = true;
    }
    boolean isKnown = errors.isEmpty();
    errors.clear();
    return isKnown;
  }

  /**
   * Whether an event fulfils the condition for one attempt.
   *
   * @param attempt one that has a number unless it has taken nothing
   * @param nothing all that is kept where nothing has been taken
   * @param reasons receives row 0 if it fails
   */
  boolean ask(PatternEvent event, Attempt attempt, Column[] nothing, RowErrors reasons) {
    RowPredicate test = begin(event, 1);
    for (int i = 0; i < reads.length; i++) {
      clear(i);
      boolean isForgotten = (attempt.forgotten >>> reads[i] & 1) != 0;
      if (attempt.number != Chain.NONE && !isForgotten) {
        table.write(reads[i], attempt.number, rows.columns(), width, 0);
        continue;
      }
      for (int k = firstKept[i]; k < firstKept[i] + keptOf[i]; k++) {
        rows.column(width + k).copy(nothing[k], 0, 0);
      }
    }
    return test.test(rows, 0, reasons);
  }

  private void clear(int read) {
    for (int i = 0; i < keptOf[read]; i++) {
      rows.column(width + firstKept[read] + i).clearNulls();
    }
  }

  /** Puts the event into the first rows. */
  private RowPredicate begin(PatternEvent event, int count) {
    RowPredicate test = condition;
    if (test == null) {
      throw new IllegalStateException("there is no condition");
    }
    Batch batch = event.batch();
    if (count == 1 && event.number() == single) {
      return test;
    }
    single = count == 1 ? event.number() : 0;
    for (int column : columns) {
      Column to = rows.column(column);
      to.clearNulls();
      if (count == 1) {
        to.copy(batch.column(column), event.row(), 0);
      } else {
        Arrays.fill(every, 0, count, event.row());
        to.gather(batch.column(column), every, count, 0);
      }
    }
    Arrays.fill(times, 0, count, event.time());
    Arrays.fill(positions, 0, count, event.position());
    rows.rows(count, times, positions, null).timelines(batch.timeline(), batch.lateness());
    return test;
  }
}
