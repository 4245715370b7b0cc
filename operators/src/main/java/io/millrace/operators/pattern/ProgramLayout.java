package io.millrace.operators.pattern;

import io.millrace.operators.pattern.PatternProgram.Instruction;
import io.millrace.operators.pattern.PatternProgram.Kind;
import java.util.List;
import java.util.function.Predicate;

/**
 * What follows from a program: by instruction where it stands, which variables are in it, and which
 * bits, counts and timers of an {@link Attempt} are its own.
 */
final class ProgramLayout {
  /** In place of an instruction, a bit, a count or a timer. */
  static final int NONE = -1;

  private final List<Instruction> instructions;
  private final Kind[] kinds;
  private final int[][] parts;
  final int[] parents;

  /** Which part of its parent it is. */
  final int[] places;

  /** The variables in it. */
  final long[] inside;

  /** The flags of it and of what is in it. */
  final long[] flagsInside;

  /** The timers of it and of what is in it. */
  final long[] timersInside;

  /** By instruction the flag of a next step that has not begun; 0 if it is none. */
  final long[] nextFlags;

  /** By instruction the flag of an unbroken repeat whose part is to begin once more. */
  final long[] unbrokenFlags;

  /** By instruction the flag of an EVERY whose part has been complete. */
  final long[] everyFlags;

  /** By instruction the flag of a WITHIN whose part is complete. */
  final long[] doneFlags;

  /** Whether it may be complete without an event. */
  final boolean[] mayBeEmpty;

  /** Whether nothing of the pattern is before it. */
  final boolean[] isLeading;

  /** Whether it is part of a repeat that takes more than one. */
  final boolean[] isRepeated;

  /** By repeat whether it goes on while what is behind it is waited for. */
  final boolean[] goesOn;

  final int[] counts;
  final int[] timers;

  /** The instruction of each timer: first all WITHIN, then the absences. */
  final int[] ofTimers;

  /** By variable its instruction, and the bits of what ends when one of its events is taken. */
  final int[] ofVariables;

  final long[] closes;
  final long[] closedFlags;
  final long[] closedTimers;

  /** The variables, in the order in which an event is offered to them. */
  final int[] priority;

  /** The variables of absences that what is next ends, and of all absences. */
  final long guards;

  final long absences;

  /** All flags that an event breaks which is not taken there, and those of EVERY. */
  final long strict;

  final long everies;

  /** The EVERY that the pattern begins with, or {@link #NONE}. */
  final int leadingEvery;

  /** Whether it begins with what only time completes, so that the clock begins attempts. */
  final boolean beginsByClock;

  /** The absence that completes the pattern, or {@link #NONE}. */
  final int lastAbsence;

  /** By variable the EVERY whose operand begins with a repeat of it, or {@link #NONE}. */
  final int[] repeatedFirst;

  /** Says of a match that only an absence can still break that it was sent. */
  static final long SENT = 1L << 63;

  private final int repeats;

  ProgramLayout(PatternProgram program, int variables) {
    instructions = program.instructions();
    int size = instructions.size();
    kinds = instructions.stream().map(Instruction::kind).toArray(Kind[]::new);
    parts =
        instructions.stream()
            .map(it -> it.parts().stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    parents = new int[size];
    places = new int[size];
    inside = new long[size];
    flagsInside = new long[size];
    timersInside = new long[size];
    nextFlags = new long[size];
    unbrokenFlags = new long[size];
    everyFlags = new long[size];
    doneFlags = new long[size];
    mayBeEmpty = new boolean[size];
    isLeading = new boolean[size];
    goesOn = new boolean[size];
    isRepeated = new boolean[size];
    counts = new int[size];
    timers = new int[size];
    ofVariables = new int[variables];
    closes = new long[variables];
    closedFlags = new long[variables];
    closedTimers = new long[variables];
    repeatedFirst = new int[variables];
    findParents();
    repeats = number(Kind.REPEAT, counts, 0);
    ofTimers = new int[numberTimers()];
    giveFlags();
    for (int i = size - 1; i >= 0; i--) {
      summarize(i);
    }
    guards = bitsOf(Instruction::isGuard);
    absences = bitsOf(it -> it.kind() == Kind.ABSENCE);
    strict = all(nextFlags) | all(unbrokenFlags);
    everies = all(everyFlags);
    findLeading();
    leadingEvery = findLeadingEvery();
    beginsByClock = beginsByClock(0);
    lastAbsence = findLastAbsence();
    for (int i = 0; i < size; i++) {
      goesOn[i] = kind(i) == Kind.REPEAT && findGoesOn(i);
    }
    findClosed();
    priority = new int[variables];
    order(0, 0);
  }

  Instruction instruction(int index) {
    return instructions.get(index);
  }

  Kind kind(int index) {
    return kinds[index];
  }

  int[] parts(int index) {
    return parts[index];
  }

  int repeats() {
    return repeats;
  }

  int timers() {
    return ofTimers.length;
  }

  int size() {
    return instructions.size();
  }

  /** Whether an event that fits nothing may end an attempt. */
  boolean hasStrict() {
    return strict != 0;
  }

  private void findParents() {
    parents[0] = NONE;
    for (int i = 0; i < parents.length; i++) {
      int[] own = parts(i);
      for (int place = 0; place < own.length; place++) {
        parents[own[place]] = i;
        places[own[place]] = place;
      }
    }
  }

  private int number(Kind kind, int[] numbers, int from) {
    int next = from;
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = kind(i) == kind ? next++ : NONE;
    }
    return next;
  }

  /** First all WITHIN, then the absences; how many there are. */
  private int numberTimers() {
    int next = number(Kind.WITHIN, timers, 0);
    for (int i = 0; i < timers.length; i++) {
      if (instructions.get(i).isTimedAbsence()) {
        timers[i] = next++;
      }
    }
    return next;
  }

  private long bitsOf(Predicate<Instruction> kind) {
    long bits = 0;
    for (int i = 0; i < parents.length; i++) {
      bits |= kind.test(instructions.get(i)) ? ownBits(i) : 0;
    }
    return bits;
  }

  private void giveFlags() {
    int bit = 0;
    for (int i = 0; i < instructions.size(); i++) {
      Instruction it = instructions.get(i);
      nextFlags[i] = it.isNext() ? 1L << bit++ : 0;
      unbrokenFlags[i] = it.isUnbroken() ? 1L << bit++ : 0;
      everyFlags[i] = it.kind() == Kind.EVERY ? 1L << bit++ : 0;
      doneFlags[i] = it.kind() == Kind.WITHIN ? 1L << bit++ : 0;
      if (timers[i] != NONE) {
        ofTimers[timers[i]] = i;
      }
    }
    if (bit > PatternProgram.MOST) {
      throw new IllegalArgumentException("a pattern of too many parts: " + bit);
    }
  }

  /** What is in it, when that is known of its parts. */
  private void summarize(int index) {
    Instruction it = instructions.get(index);
    inside[index] = ownBits(index);
    flagsInside[index] =
        nextFlags[index] | unbrokenFlags[index] | everyFlags[index] | doneFlags[index];
    timersInside[index] = timers[index] == NONE ? 0 : 1L << timers[index];
    boolean allEmpty = !it.parts().isEmpty();
    for (int part : it.parts()) {
      inside[index] |= inside[part];
      flagsInside[index] |= flagsInside[part];
      timersInside[index] |= timersInside[part];
      allEmpty &= mayBeEmpty[part];
    }
    mayBeEmpty[index] = it.kind() == Kind.REPEAT ? it.min() == 0 : allEmpty;
    for (int variable : it.variables()) {
      ofVariables[variable] = index;
    }
  }

  private long ownBits(int index) {
    long bits = 0;
    for (int variable : instructions.get(index).variables()) {
      bits |= 1L << variable;
    }
    return bits;
  }

  private static long all(long[] flags) {
    long all = 0;
    for (long flag : flags) {
      all |= flag;
    }
    return all;
  }

  private void findLeading() {
    isLeading[0] = true;
    for (int i = 0; i < parents.length; i++) {
      boolean repeats = kind(i) == Kind.REPEAT && instructions.get(i).max() > 1;
      for (int part : parts(i)) {
        isRepeated[part] = isRepeated[i] || repeats;
        isLeading[part] =
            isLeading[i] && kind(i) != Kind.ALL_OF && kind(i) != Kind.ANY_OF && places[part] == 0;
      }
    }
  }

  private int findLeadingEvery() {
    for (int i = 0; i < parents.length; i++) {
      if (isLeading[i] && kind(i) == Kind.EVERY) {
        return i;
      }
    }
    return NONE;
  }

  /** Whether a key is remembered that has no attempt on its way. */
  boolean remembersKeys() {
    return leadingEvery == NONE || beginsByClock;
  }

  private boolean beginsByClock(int index) {
    Instruction it = instructions.get(index);
    return switch (it.kind()) {
      case EVENT -> false;
      case ABSENCE -> true;
      case ALL_OF, ANY_OF -> it.parts().stream().anyMatch(this::beginsByClock);
      case SEQUENCE, REPEAT, EVERY, WITHIN -> beginsByClock(it.parts().get(0));
    };
  }

  private int findLastAbsence() {
    int index = 0;
    while (kind(index) == Kind.WITHIN
        || kind(index) == Kind.SEQUENCE
        || kind(index) == Kind.EVERY) {
      int[] own = parts(index);
      index = own[own.length - 1];
    }
    return index > 0 && instructions.get(index).isTimedAbsence() && !isLeading[index]
        ? index
        : NONE;
  }

  /** Whether something behind a repeat is waited for while it takes more. */
  private boolean findGoesOn(int repeat) {
    int index = repeat;
    int parent = parents[index];
    while (parent != NONE) {
      Kind kind = kind(parent);
      int last = parts(parent).length - 1;
      if (kind == Kind.SEQUENCE && places[index] < last) {
        int behind = parts(parent)[places[index] + 1];
        return !instructions.get(repeat).isReluctant() || instructions.get(behind).isNext();
      }
      if (kind == Kind.ALL_OF || kind == Kind.ANY_OF || kind == Kind.REPEAT) {
        return false;
      }
      index = parent;
      parent = parents[index];
    }
    return false;
  }

  /** What is before a variable in its sequences ends with its event, but not what guards it. */
  private void findClosed() {
    for (int variable = 0; variable < ofVariables.length; variable++) {
      repeatedFirst[variable] = NONE;
      boolean isRepeated = false;
      boolean isFirst = true;
      int index = ofVariables[variable];
      for (int parent = parents[index]; parent != NONE; parent = parents[index]) {
        if (kind(parent) == Kind.SEQUENCE) {
          for (int place = 0; place < places[index]; place++) {
            int before = parts(parent)[place];
            if (place < places[index] - 1 || !instructions.get(before).isGuard()) {
              closes[variable] |= inside[before];
              closedFlags[variable] |= flagsInside[before] & strict;
              closedTimers[variable] |= timersInside[before];
            }
          }
          isFirst &= places[index] == 0;
        }
        isRepeated |= kind(parent) == Kind.REPEAT && instructions.get(parent).max() > 1;
        if (kind(parent) == Kind.EVERY && isRepeated && isFirst) {
          repeatedFirst[variable] = parent;
        }
        index = parent;
      }
    }
  }

  /** Of a sequence the later step goes first, of sides the earlier. */
  private int order(int index, int from) {
    Instruction it = instructions.get(index);
    int next = from;
    for (int variable : it.variables()) {
      priority[next++] = variable;
    }
    for (int i = 0; i < it.parts().size(); i++) {
      int place = it.kind() == Kind.SEQUENCE ? it.parts().size() - 1 - i : i;
      next = order(it.parts().get(place), next);
    }
    return next;
  }
}
