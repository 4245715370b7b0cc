package io.millrace.operators.pattern;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says which place in an attempt an event fills. What depends on the event alone is known of all
 * events of a batch at once, the rest is asked for each attempt that waits.
 */
final class Offers {
  /** In place of a variable: none. */
  static final int NONE = -1;

  /** In place of a variable: a condition failed; {@link #error} says why. */
  static final int FAILED = -2;

  private final PatternSpec spec;
  private final ProgramLayout layout;
  private final AttemptTable table;
  private final RowPredicate[] fitting;
  private final @Nullable RowPredicate[] conditions;
  private final RowErrors[] failed;
  private final RowErrors errors = new RowErrors();

  /** By row the variables that it fits, and those whose condition fails for it. */
  private long[] fits = new long[0];

  private long[] fails = new long[0];
  private int[] selection = new int[0];

  /** The event, and behind it all that an attempt keeps. */
  private final Batch candidate;

  private final long[] time = new long[1];
  private final int[] position = new int[1];

  /** Which row of which batch the candidate has. */
  private int candidateRow = NONE;

  private Batch batch;

  /** What is kept where nothing has been taken. */
  private Column @Nullable [] nothing;

  private long broken;
  private String error = "";

  Offers(
      PatternSpec spec,
      ProgramLayout layout,
      AttemptTable table,
      KernelLoader loader,
      OperatorContext context) {
    this.spec = spec;
    this.layout = layout;
    this.table = table;
    List<PatternVariable> variables = spec.variables();
    fitting = new RowPredicate[variables.size()];
    conditions = new RowPredicate[variables.size()];
    failed = new RowErrors[variables.size()];
    for (int i = 0; i < variables.size(); i++) {
      fitting[i] = loader.load(variables.get(i).fits(), context.evaluation());
      KernelSource<RowPredicate> condition = variables.get(i).condition();
      if (condition != null) {
        conditions[i] = loader.load(condition, context.evaluation());
      }
      failed[i] = new RowErrors();
    }
    Schema candidates = spec.candidates();
    Column[] columns = new Column[candidates.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(candidates.type(i).layout(), 1);
    }
    candidate = new Batch(candidates, columns, context.outputTimeline());
    batch = candidate;
  }

  /** Takes the events of a batch. */
  void of(Batch events) {
    batch = events;
    candidateRow = NONE;
    int count = events.size();
    if (fits.length < count) {
      fits = new long[count];
      fails = new long[count];
      selection = new int[count];
    }
    for (int row = 0; row < count; row++) {
      fits[row] = 0;
      fails[row] = 0;
    }
    for (int i = 0; i < fitting.length; i++) {
      failed[i].clear();
      int selected = fitting[i].select(events, selection, failed[i]);
      for (int k = 0; k < selected; k++) {
        fits[selection[k]] |= 1L << i;
      }
      for (int k = 0; k < failed[i].size(); k++) {
        fails[failed[i].row(k)] |= 1L << i;
      }
    }
  }

  /** The variables that an event may fill, for all that is known of it alone. */
  long fits(int row) {
    return fits[row] | fails[row];
  }

  /** Why the last one failed. */
  String error() {
    return error;
  }

  /** The variables of absences that the event breaks that was offered last. */
  long broken() {
    return broken;
  }

  /**
   * Offers an event to an attempt.
   *
   * @param except variables that it must not fill
   * @return the variable that it fills, {@link #NONE}, or {@link #FAILED}
   */
  int offer(Attempt attempt, int row, long except) {
    broken = 0;
    long waits = attempt.waits & fits(row) & ~except;
    if (waits == 0) {
      return NONE;
    }
    int taken = NONE;
    long events = waits & ~layout.absences;
    for (int i = 0; i < layout.priority.length && events != 0 && taken == NONE; i++) {
      int variable = layout.priority[i];
      if ((events >>> variable & 1) != 0) {
        events &= ~(1L << variable);
        int answer = test(variable, attempt, row);
        if (answer == FAILED) {
          return FAILED;
        }
        taken = answer > 0 ? variable : NONE;
      }
    }
    if (taken != NONE && !accepts(taken, attempt, row)) {
      return FAILED;
    }
    long absences = waits & layout.absences;
    if (taken != NONE) {
      absences &= ~layout.closes[taken];
    }
    return absences == 0 || findBroken(absences, attempt, row) ? taken : FAILED;
  }

  private boolean findBroken(long absences, Attempt attempt, int row) {
    for (int variable = 0; variable < fitting.length; variable++) {
      if ((absences >>> variable & 1) != 0) {
        int answer = test(variable, attempt, row);
        if (answer == FAILED) {
          return false;
        }
        broken |= answer > 0 ? 1L << variable : 0;
      }
    }
    return true;
  }

  /** 1 if an event fits, 0 if not, {@link #FAILED} if that cannot be said. */
  private int test(int variable, Attempt attempt, int row) {
    if ((fails[row] >>> variable & 1) != 0) {
      return fail(failed[variable], row);
    }
    if (!isEqual(variable, attempt, row)) {
      return 0;
    }
    RowPredicate condition = conditions[variable];
    if (condition == null) {
      return 1;
    }
    fill(row);
    for (int read : spec.variables().get(variable).reads()) {
      fillKept(read, attempt);
    }
    boolean isTrue = condition.test(candidate, 0, errors);
    return errors.isEmpty() ? (isTrue ? 1 : 0) : fail(errors, 0);
  }

  private int fail(RowErrors reasons, int row) {
    for (int i = 0; i < reasons.size(); i++) {
      if (reasons.row(i) == row) {
        error = reasons.message(i);
      }
    }
    errors.clear();
    return FAILED;
  }

  /** Whether an attempt that came to the event in another way has what must be equal. */
  private boolean isEqual(int variable, Attempt attempt, int row) {
    for (PatternVariable.Equality equality : spec.variables().get(variable).equalities()) {
      fill(row);
      fillKept(equality.variable(), attempt);
      Column own = candidate.column(equality.column());
      Column kept = candidate.column(spec.input().size() + equality.kept());
      if (own.isNull(0) || kept.isNull(0) || !isEqual(own, kept)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEqual(Column one, Column other) {
    return Objects.deepEquals(one.get(0), other.get(0));
  }

  private boolean accepts(int variable, Attempt attempt, int row) {
    if (table.accepts(variable, attempt.number, row, errors)) {
      return true;
    }
    fail(errors, row);
    return false;
  }

  /** Puts the event into the candidate. */
  private void fill(int row) {
    if (candidateRow == row) {
      return;
    }
    candidateRow = row;
    for (int i = 0; i < spec.input().size(); i++) {
      Column column = candidate.column(i);
      column.clearNulls();
      column.copy(batch.column(i), row, 0);
    }
    time[0] = batch.rowtimes()[row];
    position[0] = batch.position(row);
    candidate.rows(1, time, position, null).timelines(batch.timeline(), batch.lateness());
  }

  /** Puts what an attempt keeps of a variable into the candidate. */
  private void fillKept(int variable, Attempt attempt) {
    int first = spec.input().size() + spec.variables().get(variable).firstKept();
    int count = spec.keptOf(variable);
    for (int i = 0; i < count; i++) {
      candidate.column(first + i).clearNulls();
    }
    if (attempt.number == Chain.NONE) {
      for (int i = 0; i < count; i++) {
        int kept = spec.variables().get(variable).firstKept() + i;
        candidate.column(first + i).copy(nothing()[kept], 0, 0);
      }
    } else {
      table.write(variable, attempt.number, candidate.columns(), spec.input().size(), 0);
    }
  }

  private Column[] nothing() {
    Column[] columns = nothing;
    if (columns == null) {
      columns = table.keptOfNothing();
      nothing = columns;
    }
    return columns;
  }
}
