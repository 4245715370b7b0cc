package io.millrace.operators.pattern;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.operators.kernel.RowErrors;
import io.millrace.operators.window.Deadlines;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of all keys. An attempt is known by its number, which it keeps until it is removed.
 */
final class AttemptTable {
  static final String ATTEMPTS = "attempts";
  private static final String BEGUN = "begun";
  private static final int VERSION = 1;

  // Fields of an attempt.
  private static final int WAITS = 0;
  private static final int FLAGS = 1;
  private static final int TAKEN = 2;
  private static final int FIRST = 3;
  private static final int FIRST_TIME = 4;
  private static final int FIRST_CAUSE = 5;
  private static final int TARGET = 6;
  private static final int ENTRY = 7;
  private static final int LAST = 8;
  private static final int ALL_OF_KEY = 9;
  private static final int OPEN_OF_KEY = 12;
  private static final int FIXED = 15;

  private final PatternSpec spec;
  private final ProgramLayout layout;
  private final PatternKeys keys;
  private final SlotTable attempts;
  private final Chain all;

  /** Those to which events are offered whatever their values: all, where nothing is indexed. */
  private final Chain open;

  private final List<WaitIndex> indexes = new ArrayList<>();
  private final Kept kept;
  private final Deadlines deadlines;
  private final LongValue begun;

  /** What is known of keys, unless every event is something to their attempts. */
  private final @Nullable Outlook outlook;

  /** The variables whose attempts are found by what is equal. */
  private final long indexed;

  private final LongColumn id = new LongColumn(1);
  private final Column[] ids = {id};
  private final int[] slots = new int[1];
  private final int[] many = new int[CandidateRows.MOST];
  private final RowErrors errors = new RowErrors();

  /** Whether time brings matches about, which come in the order of their first events then. */
  private final boolean isTimed;

  /** Whether a match drops others by its events. */
  private final boolean isSkipping;

  /** The fields of attempts that say where they stand. */
  private final LongFields fields;

  /** The time of the first deadline, once somebody has asked for it. */
  private long firstDeadline;

  private boolean isFirstKnown;

  AttemptTable(
      PatternSpec spec, ProgramLayout layout, OperatorContext context, KernelLoader loader) {
    this.spec = spec;
    this.layout = layout;
    isTimed = layout.timers() > 0;
    isSkipping = spec.skip().mode() != PatternSpec.SkipMode.NONE;
    begun = context.state().longValue(BEGUN);
    keys = new PatternKeys(spec, layout.remembersKeys() ? spec.ttlMillis() : 0, context);
    List<StateType> fields = fields();
    int standing = fields.size();
    int firstIndexed = fields.size();
    long bits = 0;
    for (int i = 0; i < spec.variables().size(); i++) {
      if (!spec.variables().get(i).equalities().isEmpty()) {
        fields.addAll(Chain.ofMember("wait" + i, WaitIndex.table(i), ATTEMPTS));
        bits |= 1L << i;
      }
    }
    indexed = bits;
    int firstKept = fields.size();
    fields.addAll(Kept.fields(spec.variables()));
    attempts =
        context
            .state()
            .slotTable(
                new SlotTableSpec(ATTEMPTS, VERSION, List.of(DataType.BIGINT), fields)
                    .numberedBy(BEGUN));
    this.fields = new LongFields(attempts, 0, standing);
    all = new Chain(keys.table(), PatternKeys.ALL, attempts, ALL_OF_KEY);
    open = indexed == 0 ? all : new Chain(keys.table(), PatternKeys.OPEN, attempts, OPEN_OF_KEY);
    kept = new Kept(spec.variables(), attempts, firstKept, loader, context.evaluation());
    int next = firstIndexed;
    for (int i = 0; i < spec.variables().size(); i++) {
      if ((indexed >>> i & 1) != 0) {
        indexes.add(
            new WaitIndex(spec, i, attempts, ATTEMPTS, next, kept, this::writeKeyOf, context));
        next += 3;
      }
    }
    deadlines = new Deadlines(context.state(), "deadlines", ATTEMPTS, context.outputTimeline());
    outlook = layout.hasStrict() ? null : new Outlook(this, thresholds(loader, context));
  }

  private Threshold[] thresholds(KernelLoader loader, OperatorContext context) {
    List<Threshold> thresholds = new ArrayList<>();
    for (int i = 0; i < spec.variables().size(); i++) {
      PatternVariable.Limit limit = spec.variables().get(i).limit();
      if (limit != null && (indexed >>> i & 1) == 0) {
        thresholds.add(
            new Threshold(
                spec, i, limit, this, loader, context.evaluation(), context.outputTimeline()));
      }
    }
    return thresholds.toArray(new Threshold[0]);
  }

  private List<StateType> fields() {
    List<StateType> fields = new ArrayList<>();
    for (String name :
        List.of(
            "waits",
            "flags",
            "taken",
            "first",
            "first_time",
            "first_cause",
            "target",
            "entry",
            "last")) {
      fields.add(StateType.of(name, DataType.BIGINT));
    }
    fields.addAll(Chain.ofMember("all", PatternKeys.TABLE, ATTEMPTS));
    fields.addAll(Chain.ofMember("open", PatternKeys.TABLE, ATTEMPTS));
    for (int i = 0; i < layout.repeats(); i++) {
      fields.add(StateType.of("count" + i, DataType.BIGINT));
    }
    for (int i = 0; i < layout.timers(); i++) {
      fields.add(StateType.of("due" + i, DataType.BIGINT));
    }
    return fields;
  }

  Kept kept() {
    return kept;
  }

  PatternKeys keys() {
    return keys;
  }

  private void writeKeyOf(int attempt, Column[] columns) {
    keys.write(all.owner(attempt), columns, 0);
  }

  // Attempts.

  /** Gives an attempt that has none yet a place among those of a key. */
  void create(Attempt attempt, int key) {
    begun.set(begun.get() + 1);
    id.put(0, begun.get());
    attempts.resolve(ids, 0, 1, slots);
    attempt.number = attempts.number(slots[0]);
    all.add(key, attempt.number);
    keys.count(key, 1);
  }

  /** Whether a number is still that of the attempt of an id. */
  boolean isThere(int number, long id) {
    return attempts.isUsed(number) && id(number) == id;
  }

  /** Tells attempts apart: the later it was begun, the greater. */
  long id(int number) {
    int slot = attempts.slot(number);
    return ((LongColumn) attempts.key(0)).values()[slot];
  }

  /** The key of an attempt. */
  int keyOf(int number) {
    return all.owner(number);
  }

  long first(int number) {
    int slot = attempts.slot(number);
    return field(FIRST)[slot];
  }

  /** Reads what an attempt waits for, and what it has taken; nothing else of it. */
  void loadWaits(Attempt attempt, int number) {
    int slot = attempts.slot(number);
    attempt.number = number;
    attempt.waits = field(WAITS)[slot];
    attempt.flags = field(FLAGS)[slot];
    attempt.taken = field(TAKEN)[slot];
    attempt.first = field(FIRST)[slot];
  }

  /** Reads where an attempt stands. */
  void load(Attempt attempt, int number) {
    int slot = attempts.slot(number);
    attempt.number = number;
    attempt.waits = field(WAITS)[slot];
    attempt.flags = field(FLAGS)[slot];
    attempt.taken = field(TAKEN)[slot];
    attempt.first = field(FIRST)[slot];
    if (isTimed) {
      attempt.firstTime = field(FIRST_TIME)[slot];
      attempt.firstCause = field(FIRST_CAUSE)[slot];
    }
    if (isSkipping) {
      attempt.target = field(TARGET)[slot];
      attempt.last = field(LAST)[slot];
    }
    for (int i = 0; i < attempt.counts.length; i++) {
      attempt.counts[i] = field(FIXED + i)[slot];
    }
    for (int i = 0; i < attempt.dues.length; i++) {
      attempt.dues[i] = field(FIXED + attempt.counts.length + i)[slot];
    }
    attempt.beginStep();
  }

  /** Writes where an attempt stands, and what it is found by. */
  void save(Attempt attempt) {
    int number = attempt.number;
    int slot = attempts.slot(number);
    attempts.touch(slot);
    forget(attempt);
    field(WAITS)[slot] = attempt.waits;
    field(FLAGS)[slot] = attempt.flags;
    field(TAKEN)[slot] = attempt.taken;
    field(FIRST)[slot] = attempt.first;
    if (isTimed) {
      field(FIRST_TIME)[slot] = attempt.firstTime;
      field(FIRST_CAUSE)[slot] = attempt.firstCause;
    }
    if (isSkipping) {
      field(TARGET)[slot] = attempt.target;
      field(LAST)[slot] = attempt.last;
    }
    for (int i = 0; i < attempt.counts.length; i++) {
      field(FIXED + i)[slot] = attempt.counts[i];
    }
    for (int i = 0; i < attempt.dues.length; i++) {
      field(FIXED + attempt.counts.length + i)[slot] = attempt.dues[i];
    }
    note(attempt, slot);
    index(attempt);
    if (outlook != null) {
      outlook.note(all.owner(number), attempt);
    }
  }

  /** Forgets what an attempt is to keep no more. */
  void forget(Attempt attempt) {
    if (attempt.forgotten != 0) {
      int slot = attempts.slot(attempt.number);
      attempts.touch(slot);
      kept.forget(attempt.forgotten, slot);
      attempt.forgotten = 0;
    }
  }

  private void note(Attempt attempt, int slot) {
    long due = attempt.firstDue();
    if (due == Attempt.NONE) {
      return;
    }
    long entry = field(ENTRY)[slot];
    if (entry == 0 || due < (entry ^ Long.MIN_VALUE)) {
      field(ENTRY)[slot] = due ^ Long.MIN_VALUE;
      firstDeadline = Math.min(firstDeadline, due);
      deadlines.add(due, attempt.number, id(attempt.number));
    }
  }

  private void index(Attempt attempt) {
    if (indexed == 0) {
      return;
    }
    int number = attempt.number;
    boolean isOpen = (attempt.waits & ~indexed) != 0 || (attempt.flags & layout.strict) != 0;
    if (isOpen != (open.owner(number) != Chain.NONE)) {
      if (isOpen) {
        open.add(all.owner(number), number);
      } else {
        open.remove(number);
      }
    }
    for (WaitIndex index : indexes) {
      index.put(attempt);
    }
  }

  void remove(int number) {
    int key = all.owner(number);
    if (indexed != 0) {
      open.remove(number);
      for (WaitIndex index : indexes) {
        index.remove(number);
      }
    }
    all.remove(number);
    keys.count(key, -1);
    attempts.remove(attempts.slot(number));
  }

  /** Takes all that is kept over for an attempt from another one. */
  void copyKept(int from, int to) {
    int target = attempts.slot(to);
    attempts.touch(target);
    kept.copy(attempts.slot(from), attempts.slot(to));
  }

  /**
   * Whether an attempt takes an event of which its aggregates may refuse one: an overflow.
   *
   * @param number the attempt, or {@link Chain#NONE} for one that has taken nothing
   * @param reasons receives the row if not
   */
  boolean accepts(int variable, int number, int row, RowErrors reasons) {
    if (!kept.mayRefuse(variable)) {
      return true;
    }
    if (number != Chain.NONE) {
      return kept.accepts(variable, attempts.slot(number), row, reasons);
    }
    int slot = slotOfNothing();
    boolean accepts = kept.accepts(variable, slot, row, reasons);
    attempts.remove(slot);
    return accepts;
  }

  /** A slot that is as those of attempts are that have taken nothing; to be removed again. */
  private int slotOfNothing() {
    id.put(0, 0);
    attempts.resolve(ids, 0, 1, slots);
    return slots[0];
  }

  /** Adds an event, which is accepted. */
  void add(int variable, int number, int row) {
    int slot = attempts.slot(number);
    attempts.touch(slot);
    kept.add(variable, slot, row, errors);
    if (!errors.isEmpty()) {
      throw new IllegalStateException("an event that was accepted fails: " + errors.message(0));
    }
  }

  /** All that is kept where nothing has been taken. */
  Column[] keptOfNothing() {
    Column[] columns = spec.keptRow();
    int slot = slotOfNothing();
    for (int i = 0; i < spec.variables().size(); i++) {
      kept.write(i, slot, columns, 0, 0);
    }
    attempts.remove(slot);
    return columns;
  }

  /** Whether an attempt has taken nothing, and waits for the same as another one. */
  boolean waitsLike(int number, Attempt other) {
    int slot = attempts.slot(number);
    return field(TAKEN)[slot] == 0 && field(WAITS)[slot] == other.waits;
  }

  /** Writes what is kept of a variable. */
  void write(int variable, int number, Column[] columns, int first, int row) {
    kept.write(variable, attempts.slot(number), columns, first, row);
  }

  /**
   * Writes what is kept of a variable of several attempts, {@code numbers[0..count)}, to the first
   * rows.
   */
  void write(int variable, int[] numbers, int count, Column[] columns, int first) {
    attempts.slots(numbers, 0, count, many);
    kept.write(variable, many, count, columns, first);
  }

  long waits(int number) {
    int slot = attempts.slot(number);
    return field(WAITS)[slot];
  }

  // Finding them.

  /** All attempts of a key. */
  void addAll(int key, Candidates found) {
    for (int it = all.first(key); it != Chain.NONE; it = all.next(it)) {
      add(it, found);
    }
  }

  private void add(int number, Candidates found) {
    int slot = attempts.slot(number);
    found.add(number, field(FIRST)[slot], ((LongColumn) attempts.key(0)).values()[slot]);
  }

  /**
   * The attempts of a key to which events are offered whatever their values, if one may be
   * something to any of them.
   */
  void addOpen(int key, long fits, long fails, PatternEvent event, Candidates found) {
    if (outlook == null) {
      addOpen(key, found);
      return;
    }
    long open = fits & ~indexed;
    if (open != 0 && outlook.mayConcern(key, open, fails, event)) {
      addOpen(key, found);
      outlook.look(key, found);
      if (!outlook.mayConcern(key, open, fails, event)) {
        found.clear();
      }
    }
  }

  private void addOpen(int key, Candidates found) {
    for (int it = open.first(key); it != Chain.NONE; it = open.next(it)) {
      add(it, found);
    }
  }

  /** The attempts that wait for an event like this one, by what is equal. */
  void addWaiting(long fits, PatternEvent event, Candidates found) {
    for (WaitIndex index : indexes) {
      if ((fits >>> index.variable() & 1) != 0) {
        for (int it = index.first(event); it != Chain.NONE; it = index.next(it)) {
          found.add(it, first(it), id(it));
        }
      }
    }
  }

  // Time.

  /** The time of the first deadline; {@link Long#MAX_VALUE} if there is none. */
  long firstDeadline() {
    if (!isFirstKnown) {
      firstDeadline = deadlines.firstTime();
      isFirstKnown = true;
    }
    return firstDeadline;
  }

  /** The attempts that are due at the first deadline, up to an id; some may be so no more. */
  void takeDue(long time, Candidates found) {
    while (deadlines.firstTime() <= time && deadlines.take(time)) {
      int number = deadlines.number();
      if (!isThere(number, deadlines.id())) {
        continue;
      }
      int slot = attempts.slot(number);
      if ((field(ENTRY)[slot] ^ Long.MIN_VALUE) == time) {
        attempts.touch(slot);
        field(ENTRY)[slot] = 0;
        found.add(number, first(number), id(number));
      }
    }
    isFirstKnown = false;
  }

  long begun() {
    return begun.get();
  }

  private long[] field(int index) {
    return fields.get(index);
  }
}
