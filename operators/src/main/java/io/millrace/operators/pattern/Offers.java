package io.millrace.operators.pattern;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.operators.pattern.PatternVariable.Equality;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.operator.OperatorContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Says which place in an attempt an event fills. What depends on the event alone is known of all
 * events of a batch at once; what depends on the attempt is asked for many that wait for the same
 * at once, where that can be.
 */
final class Offers {
  /** In place of a variable: none. */
  static final int NONE = -1;

  /** In place of a variable: a condition failed; {@link #error} says why. */
  static final int FAILED = -2;

  private final ProgramLayout layout;
  private final AttemptTable table;
  private final PatternEvent event;
  private final RowPredicate[] fitting;
  private final Equality[][] equalities;
  private final CandidateRows[] conditions;
  private final RowErrors[] failed;
  private final RowErrors errors = new RowErrors();

  /** The variables that have a condition of more than the event. */
  private final long asked;

  /** By row the variables that it fits, and those whose condition fails for it. */
  private long[] fits = new long[0];

  private long[] fails = new long[0];
  private int[] selection = new int[0];

  /** All that an attempt keeps, for one. */
  private final Column[] kept;

  /** What is kept where nothing has been taken, once somebody has asked for it. */
  private Column[] nothing = new Column[0];

  /** The variable of which it is known what the event is to some attempts, or {@link #NONE}. */
  private int known = NONE;

  private final int[] numbers = new int[CandidateRows.MOST];
  private final boolean[] answers = new boolean[CandidateRows.MOST];
  private int knownCount;

  /** Which of them is asked for next, as they are asked for in their order. */
  private int nextKnown;

  private long broken;
  private String error = "";

  Offers(
      PatternSpec spec,
      ProgramLayout layout,
      AttemptTable table,
      PatternEvent event,
      KernelLoader loader,
      OperatorContext context) {
    this.layout = layout;
    this.table = table;
    this.event = event;
    List<PatternVariable> variables = spec.variables();
    fitting = new RowPredicate[variables.size()];
    equalities = new Equality[variables.size()][];
    conditions = new CandidateRows[variables.size()];
    failed = new RowErrors[variables.size()];
    long bits = 0;
    for (int i = 0; i < variables.size(); i++) {
      fitting[i] = loader.load(variables.get(i).fits(), context.evaluation());
      equalities[i] = variables.get(i).equalities().toArray(new Equality[0]);
      conditions[i] =
          new CandidateRows(spec, i, table, loader, context.evaluation(), context.outputTimeline());
      bits |= conditions[i].hasCondition() ? 1L << i : 0;
      failed[i] = new RowErrors();
    }
    asked = bits;
    kept = spec.keptRow();
  }

  /** Takes the events of a batch. */
  void of(Batch events) {
    int count = events.size();
    if (fits.length < count) {
      fits = new long[count];
      fails = new long[count];
      selection = new int[count];
    }
    Arrays.fill(fits, 0, count, 0);
    Arrays.fill(fails, 0, count, 0);
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

  /** Those of them whose condition fails for it alone. */
  long fails(int row) {
    return fails[row];
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
   * Asks for several candidates at once what the event is to them, where one condition decides it
   * for all.
   *
   * @param from the first that is offered the event next
   */
  void ask(Candidates candidates, int from) {
    known = NONE;
    long variables = fits(event.row()) & asked;
    if (candidates.size() - from < 2 || Long.bitCount(variables) != 1) {
      return;
    }
    int variable = Long.numberOfTrailingZeros(variables);
    if ((fails[event.row()] & variables) != 0 || equalities[variable].length > 0) {
      return;
    }
    int count = 0;
    int end = Math.min(candidates.size(), from + CandidateRows.MOST);
    for (int i = from; i < end; i++) {
      int number = candidates.number(i);
      if (table.isThere(number, candidates.id(i)) && (table.waits(number) & variables) != 0) {
        numbers[count++] = number;
      }
    }
    if (count > 1 && conditions[variable].ask(event, numbers, count, answers)) {
      known = variable;
      knownCount = count;
      nextKnown = 0;
    }
  }

  /**
   * Offers the event to an attempt.
   *
   * @param except variables that it must not fill
   * @return the variable that it fills, {@link #NONE}, or {@link #FAILED}
   */
  int offer(Attempt attempt, long except) {
    broken = 0;
    long waits = attempt.waits & fits(event.row()) & ~except;
    if (waits == 0) {
      return NONE;
    }
    int taken = NONE;
    long events = waits & ~layout.absences;
    for (int i = 0; events != 0 && taken == NONE; i++) {
      int variable = layout.priority[i];
      if ((events >>> variable & 1) != 0) {
        events &= ~(1L << variable);
        int answer = test(variable, attempt);
        if (answer == FAILED) {
          return FAILED;
        }
        taken = answer > 0 ? variable : NONE;
      }
    }
    if (taken != NONE && !accepts(taken, attempt)) {
      return FAILED;
    }
    long absences = waits & layout.absences;
    if (taken != NONE) {
      absences &= ~layout.closes[taken];
    }
    return absences == 0 || findBroken(absences, attempt) ? taken : FAILED;
  }

  private boolean findBroken(long absences, Attempt attempt) {
    for (long left = absences; left != 0; left &= left - 1) {
      int variable = Long.numberOfTrailingZeros(left);
      int answer = test(variable, attempt);
      if (answer == FAILED) {
        return false;
      }
      broken |= answer > 0 ? 1L << variable : 0;
    }
    return true;
  }

  /** 1 if the event fits, 0 if not, {@link #FAILED} if that cannot be said. */
  private int test(int variable, Attempt attempt) {
    if ((fails[event.row()] >>> variable & 1) != 0) {
      return fail(failed[variable], event.row());
    }
    if (equalities[variable].length > 0 && !isEqual(variable, attempt)) {
      return 0;
    }
    if ((asked >>> variable & 1) == 0) {
      return 1;
    }
    if (variable == known && isKnown(attempt.number)) {
      return answers[nextKnown++] ? 1 : 0;
    }
    boolean isTrue = conditions[variable].ask(event, attempt, nothing(), errors);
    return errors.isEmpty() ? (isTrue ? 1 : 0) : fail(errors, 0);
  }

  /** Whether it has been asked for an attempt, which is the next then of which it is known. */
  private boolean isKnown(int attempt) {
    while (nextKnown < knownCount && numbers[nextKnown] != attempt) {
      nextKnown++;
    }
    return nextKnown < knownCount;
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
  private boolean isEqual(int variable, Attempt attempt) {
    for (Equality equality : equalities[variable]) {
      Column own = event.batch().column(equality.column());
      Column other = keptOf(equality, attempt.number);
      if (own.isNull(event.row())
          || other.isNull(0)
          || !Objects.deepEquals(own.get(event.row()), other.get(0))) {
        return false;
      }
    }
    return true;
  }

  private Column keptOf(Equality equality, int attempt) {
    if (attempt == Chain.NONE) {
      return nothing()[equality.kept()];
    }
    for (Column column : kept) {
      column.clearNulls();
    }
    table.write(equality.variable(), attempt, kept, 0, 0);
    return kept[equality.kept()];
  }

  private boolean accepts(int variable, Attempt attempt) {
    boolean isForgotten = (attempt.forgotten >>> variable & 1) != 0;
    int number = isForgotten ? Chain.NONE : attempt.number;
    if (table.accepts(variable, number, event.row(), errors)) {
      return true;
    }
    fail(errors, event.row());
    return false;
  }

  private Column[] nothing() {
    if (nothing.length == 0) {
      nothing = table.keptOfNothing();
    }
    return nothing;
  }
}
