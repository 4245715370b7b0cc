package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random patterns. */
final class RandomPattern {
  private static final long SECOND = 1_000;

  private final Random random;
  private final Kind kind;

  /** The elements that a condition may read. */
  private final List<PatternPart.Element> earlier = new ArrayList<>();

  private int names;

  /** Whether an open repeat stands in front. */
  private boolean hasOpen;

  /** For how long absences last together: a WITHIN that is shorter never lets a pattern match. */
  private long absent;

  private RandomPattern(Random random, Kind kind) {
    this.random = random;
    this.kind = kind;
  }

  /** What there is in a pattern, beside sequences of elements. */
  enum Kind {
    ELEMENTS,
    REPEATS,
    LOGICAL,
    ABSENCES,
    PARTS,
    EVERYTHING;

    private boolean has(Kind other) {
      return this == other || this == EVERYTHING;
    }
  }

  static PatternPart of(Kind kind, Random random) {
    return new RandomPattern(random, kind).pattern();
  }

  private PatternPart pattern() {
    List<PatternPart.Step> steps = new ArrayList<>();
    boolean hasEvery = random.nextInt(4) > 0;
    boolean hasAbsence = !hasEvery && kind.has(Kind.ABSENCES) && random.nextBoolean();
    if (hasAbsence) {
      steps.add(new PatternPart.Step(absence(duration(3)), false));
    }
    PatternPart first = hasEvery ? new PatternPart.Every(operand()) : simple(true);
    steps.add(new PatternPart.Step(first, false));
    int more = random.nextInt(4);
    boolean isFree =
        first instanceof PatternPart.Every every ? isPlain(every.operand()) : isPlain(first);
    for (int i = 0; i < more; i++) {
      boolean isLast = i == more - 1;
      isFree = add(steps, isFree, isLast);
    }
    PatternPart whole = steps.size() == 1 ? first : new PatternPart.Sequence(strict(steps));
    boolean isBounded = random.nextInt(3) > 0;
    return isBounded ? new PatternPart.Within(whole, absent + duration(5)) : whole;
  }

  /** Adds a step, or an absence and what ends it; says whether a comma may follow. */
  private boolean add(List<PatternPart.Step> steps, boolean isFree, boolean isLast) {
    int what = random.nextInt(10);
    if (what < 3 && kind.has(Kind.ABSENCES)) {
      if (isLast || random.nextBoolean()) {
        steps.add(new PatternPart.Step(absence(duration(3)), false));
        return false;
      }
      steps.add(new PatternPart.Step(absence(-1), false));
      steps.add(new PatternPart.Step(element(false), false));
      return true;
    }
    if (what == 3) {
      PatternPart operand = random.nextBoolean() ? element(false) : group(false);
      steps.add(new PatternPart.Step(new PatternPart.Every(operand), false));
      return false;
    }
    if (what < 6 && kind.has(Kind.PARTS)) {
      PatternPart part = new PatternPart.Within(group(kind == Kind.EVERYTHING), duration(3));
      steps.add(new PatternPart.Step(part, false));
      return false;
    }
    hasOpen = !steps.isEmpty() && isOpen(steps.get(steps.size() - 1).part());
    PatternPart part = simple(false);
    boolean isNext = isFree && isPlain(part) && random.nextInt(3) == 0;
    steps.add(new PatternPart.Step(part, isNext));
    boolean mayBeLeftOut = part instanceof PatternPart.Repeat repeat && repeat.min() == 0;
    return isPlain(part) && (isNext || !mayBeLeftOut);
  }

  private PatternPart absence(long millis) {
    absent += Math.max(0, millis);
    List<PatternPart.Element> forbidden = new ArrayList<>();
    for (int i = random.nextInt(4) == 0 ? 2 : 1; i > 0; i--) {
      PatternCondition condition = PatternCondition.random(earlier, null, random);
      forbidden.add(new PatternPart.Element("n" + names++, stream(), condition, false));
    }
    return new PatternPart.Absence(forbidden, millis);
  }

  /** Whether it may take events while what follows is waited for. */
  private static boolean isOpen(PatternPart part) {
    return part instanceof PatternPart.Every every
        ? isOpen(every.operand())
        : part instanceof PatternPart.Repeat;
  }

  /** Whether a comma may stand beside it. */
  private static boolean isPlain(PatternPart part) {
    return part instanceof PatternPart.Element || part instanceof PatternPart.Repeat;
  }

  /** Of an EVERY at the head. */
  private PatternPart operand() {
    return random.nextInt(3) == 0 ? group(true) : simple(true);
  }

  /** Elements in sequence. */
  private PatternPart group(boolean mayRepeat) {
    List<PatternPart.Step> steps = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      boolean isRepeat = mayRepeat && i == 0 && kind.has(Kind.REPEATS) && random.nextInt(3) == 0;
      PatternPart part = isRepeat ? repeat(true) : element(false);
      steps.add(new PatternPart.Step(part, i > 0 && random.nextInt(3) == 0));
    }
    return new PatternPart.Sequence(strict(steps));
  }

  /** A repeat beside a comma is unbroken. */
  private static List<PatternPart.Step> strict(List<PatternPart.Step> steps) {
    List<PatternPart.Step> strict = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      PatternPart.Step step = steps.get(i);
      boolean isHeld = i + 1 < steps.size() && steps.get(i + 1).isNext();
      PatternPart part = step.isNext() || isHeld ? unbroken(step.part(), isHeld) : step.part();
      strict.add(new PatternPart.Step(part, step.isNext()));
    }
    return strict;
  }

  private static PatternPart unbroken(PatternPart part, boolean isHeld) {
    if (part instanceof PatternPart.Every every) {
      return new PatternPart.Every(unbroken(every.operand(), isHeld));
    }
    return part instanceof PatternPart.Repeat repeat
        ? new PatternPart.Repeat(
            repeat.element(), repeat.min(), repeat.max(), repeat.isReluctant(), true, isHeld)
        : part;
  }

  /** An element, repeated or not, or several in any order. */
  private PatternPart simple(boolean isFirst) {
    int what = random.nextInt(6);
    if (what < 2 && kind.has(Kind.REPEATS)) {
      return repeat(isFirst);
    }
    if (what == 2 && kind.has(Kind.LOGICAL)) {
      return logical();
    }
    return element(false);
  }

  private PatternPart logical() {
    boolean isAnd = random.nextBoolean();
    List<PatternPart> sides = new ArrayList<>();
    List<PatternPart.Element> before = List.copyOf(earlier);
    for (int i = random.nextInt(4) == 0 ? 3 : 2; i > 0; i--) {
      earlier.clear();
      earlier.addAll(before);
      boolean isAbsence =
          kind.has(Kind.ABSENCES)
              && sides.size() == 0
              && !before.isEmpty()
              && !hasOpen
              && random.nextInt(3) == 0;
      PatternPart side =
          isAbsence
              ? absence(isAnd && random.nextBoolean() ? -1 : duration(3))
              : isAnd && kind.has(Kind.PARTS) && random.nextInt(3) == 0
                  ? group(false)
                  : element(false);
      sides.add(side);
    }
    earlier.clear();
    earlier.addAll(before);
    sides.forEach(side -> earlier.addAll(side.elements()));
    return new PatternPart.Logical(isAnd, sides);
  }

  private PatternPart repeat(boolean isFirst) {
    int least = isFirst ? 1 : 0;
    boolean isOptional = !isFirst && random.nextInt(3) == 0;
    int min = isOptional ? 0 : least + random.nextInt(3 - least);
    int max =
        isOptional
            ? 1
            : random.nextBoolean() ? Integer.MAX_VALUE : Math.max(2, min) + random.nextInt(2);
    PatternPart.Element element = element(!isOptional);
    return new PatternPart.Repeat(element, min, max, random.nextInt(4) == 0, false, false);
  }

  private PatternPart.Element element(boolean isList) {
    String name = "e" + names++;
    @Nullable String self = isList ? name : null;
    PatternCondition condition = PatternCondition.random(earlier, self, random);
    PatternPart.Element element = new PatternPart.Element(name, stream(), condition, isList);
    earlier.add(element);
    return element;
  }

  private String stream() {
    return PatternEvent.stream(Math.min(random.nextInt(PatternEvent.STREAMS + 1), 2));
  }

  private long duration(int most) {
    return (2 + random.nextInt(2 * most)) * SECOND;
  }
}
