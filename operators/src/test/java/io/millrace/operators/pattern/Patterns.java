package io.millrace.operators.pattern;

import io.millrace.operators.graph.TestState;
import io.millrace.operators.kernel.AggregateProgram;
import io.millrace.operators.kernel.HandWrittenKernels;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowFunction;
import io.millrace.operators.kernel.RowPredicate;
import io.millrace.operators.pattern.PatternProgram.Instruction;
import io.millrace.operators.pattern.PatternProgram.Kind;
import io.millrace.operators.pattern.PatternSpec.Early;
import io.millrace.operators.pattern.PatternSpec.Skip;
import io.millrace.operators.pattern.PatternSpec.SkipMode;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.testkit.operator.OperatorHarness;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Patterns over events {@code (key, kind, n)}. A variable takes events of its kind; of each, how
 * many events it has taken and the sum of their numbers are kept.
 */
final class Patterns {
  static final Schema EVENTS =
      Schema.of(
          new Field("key", DataType.STRING),
          new Field("kind", DataType.STRING),
          new Field("n", DataType.BIGINT));
  private static final int KIND = 1;
  private static final int NUMBER = 2;

  private final List<PatternVariable> variables = new ArrayList<>();
  private final List<Instruction> instructions;
  private boolean isKeyed;
  private boolean isSorted = true;
  private long ttlMillis;
  private Skip skip = new Skip(SkipMode.NONE, 0);
  private Early early = Early.NO;
  private boolean refuses;

  private Patterns(List<Instruction> instructions) {
    this.instructions = instructions;
  }

  static Patterns of(Instruction... instructions) {
    return new Patterns(List.of(instructions));
  }

  static Instruction event(int variable) {
    return Instruction.of(Kind.EVENT, List.of(), List.of(variable));
  }

  static Instruction absence(int variable, long millis) {
    return Instruction.timed(Kind.ABSENCE, List.of(), List.of(variable), millis);
  }

  static Instruction of(Kind kind, Integer... parts) {
    return Instruction.of(kind, List.of(parts), List.of());
  }

  static Instruction within(int part, long millis) {
    return Instruction.timed(Kind.WITHIN, List.of(part), List.of(), millis);
  }

  static Instruction repeat(int part, long min, long max) {
    return new Instruction(
        Kind.REPEAT,
        List.of(part),
        false,
        List.of(),
        min,
        max,
        false,
        false,
        PatternProgram.UNTIL_NEXT);
  }

  /** One more variable, of a kind of events. */
  Patterns variable(String kind) {
    return variable(kind, List.of(), null);
  }

  /** One more variable, with a condition over the event and all counts and sums behind it. */
  Patterns variable(String kind, RowFunction condition) {
    return variable(kind, List.of(), condition);
  }

  /** One more variable whose number equals the sum of another one. */
  Patterns variableEqualTo(String kind, int other) {
    return variable(
        kind, List.of(new PatternVariable.Equality(NUMBER, other, 2 * other + 1)), null);
  }

  /** One more variable whose number is greater than the sum of another one, if that is there. */
  Patterns variableAbove(String kind, int other) {
    PatternVariable.Limit limit =
        new PatternVariable.Limit(
            NUMBER,
            false,
            false,
            HandWrittenKernels.projector((batch, row) -> batch.column(2 * other + 1).get(row)),
            List.of(other),
            DataType.BIGINT);
    return variable(
        kind, List.of(), (batch, row) -> number(batch, row) > sum(batch, row, other), limit);
  }

  private Patterns variable(
      String kind, List<PatternVariable.Equality> equalities, @Nullable RowFunction condition) {
    return variable(kind, equalities, condition, null);
  }

  private Patterns variable(
      String kind,
      List<PatternVariable.Equality> equalities,
      @Nullable RowFunction condition,
      PatternVariable.@Nullable Limit limit) {
    AggregateProgram kept = HandWrittenKernels.checkingCountAndSum(refuses);
    KernelSource<RowPredicate> fits =
        HandWrittenKernels.predicate((batch, row) -> kind.equals(batch.column(KIND).get(row)));
    int count = variables.size();
    List<Integer> reads = new ArrayList<>();
    for (int i = 0; i <= count; i++) {
      reads.add(i);
    }
    variables.add(
        new PatternVariable(
            kind.toLowerCase(java.util.Locale.ROOT),
            fits,
            equalities,
            condition == null ? null : HandWrittenKernels.predicate(condition),
            List.of(0, 1, NUMBER),
            reads,
            limit,
            "",
            List.of(NUMBER),
            kept,
            2 * count));
    return this;
  }

  /** Variables from here on refuse what overflows. */
  Patterns refusing() {
    refuses = true;
    return this;
  }

  Patterns perKey() {
    isKeyed = true;
    return this;
  }

  Patterns asTheyCome() {
    isSorted = false;
    return this;
  }

  Patterns remembered(long millis) {
    ttlMillis = millis;
    return this;
  }

  Patterns skipping(SkipMode mode, int variable) {
    skip = new Skip(mode, variable);
    return this;
  }

  Patterns sent(Early when) {
    early = when;
    return this;
  }

  PatternSpec spec() {
    List<Field> fields = new ArrayList<>();
    if (isKeyed) {
      fields.add(EVENTS.field(0));
    }
    for (PatternVariable variable : variables) {
      fields.add(new Field(variable.name() + "_count", DataType.BIGINT));
      fields.add(new Field(variable.name() + "_sum", DataType.BIGINT));
    }
    return new PatternSpec(
        EVENTS,
        isKeyed ? List.of(0) : List.of(),
        List.of(),
        new PatternProgram(instructions),
        variables,
        skip,
        early,
        isSorted,
        ttlMillis,
        new Schema(fields));
  }

  OperatorHarness harness() {
    PatternSpec spec = spec();
    return TestState.harness(() -> spec.create(new HandWrittenKernels())).input(EVENTS);
  }

  /** The sum of a variable, as a condition sees it. */
  static long sum(io.millrace.spi.data.Batch batch, int row, int variable) {
    Object sum = batch.column(EVENTS.size() + 2 * variable + 1).get(row);
    return sum == null ? 0 : (long) sum;
  }

  /** The number of the event, as a condition sees it. */
  static long number(io.millrace.spi.data.Batch batch, int row) {
    return (long) java.util.Objects.requireNonNull(batch.column(NUMBER).get(row));
  }
}
