package io.millrace.language.plan;

import java.util.List;

/**
 * What a temporal pattern waits for (LANGUAGE section 7). Events are named by the number of their
 * {@link PatternVariable}.
 */
public sealed interface PatternTerm {

  <R> R accept(PatternTermVisitor<R> visitor);

  /** {@code [name =] stream [(condition)]}: one event that fits a variable. */
  record Event(int variable) implements PatternTerm {
    @Override
    public <R> R accept(PatternTermVisitor<R> visitor) {
      return visitor.visitEvent(this);
    }
  }

  /**
   * {@code NOT x FOR d}, or {@code NOT y} until what stands beside or behind it has come.
   *
   * @param variables any of which must not come, one or more
   * @param millis for how long, positive; or {@link #UNTIL_NEXT}
   */
  record Absence(List<Integer> variables, long millis) implements PatternTerm {
    /** In place of a duration: until what stands beside or behind it has come. */
    public static final long UNTIL_NEXT = -1;

    public Absence {
      variables = List.copyOf(variables);
    }

    /** Whether a duration ends it. */
    public boolean isTimed() {
      return millis != UNTIL_NEXT;
    }

    @Override
    public <R> R accept(PatternTermVisitor<R> visitor) {
      return visitor.visitAbsence(this);
    }
  }

  /**
   * One after the other. Parentheses without a WITHIN of their own are not kept: no step is a
   * sequence.
   *
   * @param steps two or more
   */
  record Sequence(List<Step> steps) implements PatternTerm {
    public Sequence {
      steps = List.copyOf(steps);
    }

    @Override
    public <R> R accept(PatternTermVisitor<R> visitor) {
      return visitor.visitSequence(this);
    }
  }

  /**
   * A step of a sequence.
   *
   * @param isNext whether its first event must be the very next one behind the step before
   */
  record Step(PatternTerm term, boolean isNext) {}

  /** {@code x AND y}: all of them, in any order. */
  record AllOf(List<PatternTerm> sides) implements PatternTerm {
    public AllOf {
      sides = List.copyOf(sides);
    }

    @Override
    public <R> R accept(PatternTermVisitor<R> visitor) {
      return visitor.visitAllOf(this);
    }
  }

  /** {@code x OR y}: the one that is complete first. */
  record AnyOf(List<PatternTerm> sides) implements PatternTerm {
    public AnyOf {
      sides = List.copyOf(sides);
    }

    @Override
    public <R> R accept(PatternTermVisitor<R> visitor) {
      return visitor.visitAnyOf(this);
    }
  }

  /**
   * {@code x {min,max}}.
   *
   * @param max not less than min, positive; or {@link #UNLIMITED}
   * @param isReluctant whether it takes no more than it must
   * @param isUnbroken whether its events follow each other directly: it stands next to a comma
   */
  record Repeat(PatternTerm term, long min, long max, boolean isReluctant, boolean isUnbroken)
      implements PatternTerm {
    /** In place of a greatest number. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    @Override
    public <R> R accept(PatternTermVisitor<R> visitor) {
      return visitor.visitRepeat(this);
    }
  }

  /** {@code EVERY x}: begins another attempt as soon as the last one has completed it. */
  record Every(PatternTerm term) implements PatternTerm {
    @Override
    public <R> R accept(PatternTermVisitor<R> visitor) {
      return visitor.visitEvery(this);
    }
  }

  /**
   * {@code x WITHIN d}.
   *
   * @param millis positive: events with {@code rowtime - first < millis} count
   */
  record Within(PatternTerm term, long millis) implements PatternTerm {
    @Override
    public <R> R accept(PatternTermVisitor<R> visitor) {
      return visitor.visitWithin(this);
    }
  }
}
