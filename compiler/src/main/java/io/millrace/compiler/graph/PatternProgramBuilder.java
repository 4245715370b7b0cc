package io.millrace.compiler.graph;

import io.millrace.language.plan.PatternTerm;
import io.millrace.language.plan.PatternTermVisitor;
import io.millrace.operators.pattern.PatternProgram;
import io.millrace.operators.pattern.PatternProgram.Instruction;
import io.millrace.operators.pattern.PatternProgram.Kind;
import java.util.ArrayList;
import java.util.List;

/** Writes the instructions of a pattern, each in front of those that it is made of. */
final class PatternProgramBuilder implements PatternTermVisitor<Instruction> {
  private final List<Instruction> instructions = new ArrayList<>();

  private PatternProgramBuilder() {}

  /**
   * The program of a pattern.
   *
   * @param lifetimeMillis how long attempts live that the pattern itself does not end, beyond the
   *     times that it names; 0 for ever
   */
  static PatternProgram build(PatternTerm pattern, long lifetimeMillis) {
    PatternProgramBuilder builder = new PatternProgramBuilder();
    boolean ends = lifetimeMillis == 0 || pattern instanceof PatternTerm.Within;
    builder.add(ends ? pattern : new PatternTerm.Within(pattern, lifetimeMillis), false);
    if (!ends) {
      Instruction whole = builder.instructions.get(0);
      long named =
          builder.instructions.stream()
              .skip(1)
              .mapToLong(it -> Math.max(0, it.millis()))
              .reduce(0, PatternProgramBuilder::sum);
      builder.instructions.set(
          0, Instruction.timed(Kind.WITHIN, whole.parts(), List.of(), sum(lifetimeMillis, named)));
    }
    return new PatternProgram(builder.instructions);
  }

  private static long sum(long one, long other) {
    long sum = one + other;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private int add(PatternTerm term, boolean isNext) {
    int index = instructions.size();
    instructions.add(Instruction.of(Kind.EVENT, List.of(), List.of())); // its place
    Instruction instruction = term.accept(this);
    instructions.set(index, isNext ? instruction.asNext() : instruction);
    return index;
  }

  private List<Integer> addAll(List<PatternTerm> terms) {
    List<Integer> parts = new ArrayList<>();
    terms.forEach(term -> parts.add(add(term, false)));
    return parts;
  }

  @Override
  public Instruction visitEvent(PatternTerm.Event term) {
    return Instruction.of(Kind.EVENT, List.of(), List.of(term.variable()));
  }

  @Override
  public Instruction visitAbsence(PatternTerm.Absence term) {
    long millis = term.isTimed() ? term.millis() : PatternProgram.UNTIL_NEXT;
    return Instruction.timed(Kind.ABSENCE, List.of(), term.variables(), millis);
  }

  @Override
  public Instruction visitSequence(PatternTerm.Sequence term) {
    List<Integer> parts = new ArrayList<>();
    term.steps()
        .forEach(
            step ->
                parts.add(
                    add(
                        step.term(),
                        step.isNext() && !(step.term() instanceof PatternTerm.Absence))));
    return Instruction.of(Kind.SEQUENCE, parts, List.of());
  }

  @Override
  public Instruction visitAllOf(PatternTerm.AllOf term) {
    return Instruction.of(Kind.ALL_OF, addAll(term.sides()), List.of());
  }

  @Override
  public Instruction visitAnyOf(PatternTerm.AnyOf term) {
    return Instruction.of(Kind.ANY_OF, addAll(term.sides()), List.of());
  }

  @Override
  public Instruction visitRepeat(PatternTerm.Repeat term) {
    int part = add(term.term(), false);
    long max = term.max() == PatternTerm.Repeat.UNLIMITED ? PatternProgram.UNLIMITED : term.max();
    return new Instruction(
        Kind.REPEAT,
        List.of(part),
        false,
        List.of(),
        term.min(),
        max,
        term.isReluctant(),
        term.isUnbroken(),
        PatternProgram.UNTIL_NEXT);
  }

  @Override
  public Instruction visitEvery(PatternTerm.Every term) {
    return Instruction.of(Kind.EVERY, List.of(add(term.term(), false)), List.of());
  }

  @Override
  public Instruction visitWithin(PatternTerm.Within term) {
    int part = add(term.term(), false);
    return Instruction.timed(Kind.WITHIN, List.of(part), List.of(), term.millis());
  }
}
