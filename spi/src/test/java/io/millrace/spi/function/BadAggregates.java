package io.millrace.spi.function;

import io.millrace.spi.state.StateCodec;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** Classes that are refused as aggregates, one reason each. */
public final class BadAggregates {
  private BadAggregates() {}

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of(Hidden.class, "it must be public, and so must be the classes around it"),
        Arguments.of(BadName.class, "its names must be lower-case identifiers, found [Sum]"),
        Arguments.of(
            BadSignature.class,
            "its signature is wrong: cannot read '(INTT) -> INT': expected a type, found 'INTT'"),
        Arguments.of(
            Repeated.class,
            "an aggregate has no lambda, no repeated parameter and no FROM_LITERAL"),
        Arguments.of(Empty.class, "it has no method 'create'"),
        Arguments.of(
            Primitive.class,
            "create() gives long: an accumulator is of a public class, such as a record"),
        Arguments.of(NoAccumulate.class, "it has no method 'accumulate'"),
        Arguments.of(NotStatic.class, "method 'accumulate' must be public and static"),
        Arguments.of(
            TooFewParameters.class,
            "'accumulate' must take an accumulator and the 1 parameters of its signature, found 1"
                + " parameter"),
        Arguments.of(
            WrongCarrier.class, "parameter 1 of 'accumulate' is INT: expected long, found int"),
        Arguments.of(
            OtherAccumulator.class,
            "'accumulate' must take Held, which 'create' gives, found String"),
        Arguments.of(
            NoResultAccumulator.class, "'accumulate' must give Held, as 'create' does, found void"),
        Arguments.of(OtherNulls.class, "'retract' must take NULL where 'accumulate' does"),
        Arguments.of(WrongResult.class, "its result is INT: expected long, found String"),
        Arguments.of(
            NoRecord.class,
            "Object is no record: a public static method 'codec' must say how it is saved"),
        Arguments.of(
            UnknownComponent.class,
            "component 'values' of its accumulator is List<Integer>: a record holds long, double,"
                + " boolean, String, BigDecimal, Bytes, lists and maps of them; for anything else a"
                + " public static method 'codec' says how it is saved"),
        Arguments.of(
            NoVersion.class, "'codec' must be static and give a StateCodec of a version from 1 on"),
        Arguments.of(HiddenCodec.class, "method 'codec' must be public and static"),
        Arguments.of(
            Checked.class,
            "'accumulate' declares IOException: it may only throw unchecked exceptions"),
        Arguments.of(
            WithFunction.class, "it holds functions, too: put them into a class of their own"));
  }

  /** What most of them hold. */
  public record Held(long value) {}

  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  static final class Hidden {}

  /** BadName. */
  @AggregateFunction(
      name = "Sum",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class BadName {}

  /** BadSignature. */
  @AggregateFunction(
      name = "f",
      signature = "(INTT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class BadSignature {}

  /** Repeated. */
  @AggregateFunction(
      name = "f",
      signature = "(INT...) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class Repeated {}

  /** Empty. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class Empty {}

  /** Primitive. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class Primitive {
    private Primitive() {}

    public static long create() {
      return 0;
    }
  }

  /** NoAccumulate. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class NoAccumulate {
    private NoAccumulate() {}

    public static Held create() {
      return new Held(0);
    }
  }

  /** NotStatic. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class NotStatic {
    private NotStatic() {}

    public static Held create() {
      return new Held(0);
    }

    public Held accumulate(Held held, long x) {
      return held;
    }
  }

  /** TooFewParameters. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class TooFewParameters {
    private TooFewParameters() {}

    public static Held create() {
      return new Held(0);
    }

    public static Held accumulate(Held held) {
      return held;
    }
  }

  /** WrongCarrier. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class WrongCarrier {
    private WrongCarrier() {}

    public static Held create() {
      return new Held(0);
    }

    public static Held accumulate(Held held, int x) {
      return held;
    }
  }

  /** OtherAccumulator. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class OtherAccumulator {
    private OtherAccumulator() {}

    public static Held create() {
      return new Held(0);
    }

    public static Held accumulate(String held, long x) {
      return create();
    }
  }

  /** NoResultAccumulator. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class NoResultAccumulator {
    private NoResultAccumulator() {}

    public static Held create() {
      return new Held(0);
    }

    public static void accumulate(Held held, long x) {}
  }

  /** OtherNulls. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class OtherNulls {
    private OtherNulls() {}

    public static Held create() {
      return new Held(0);
    }

    public static Held accumulate(Held held, @Nullable Long x) {
      return held;
    }

    public static Held retract(Held held, long x) {
      return held;
    }
  }

  /** WrongResult. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class WrongResult {
    private WrongResult() {}

    public static Held create() {
      return new Held(0);
    }

    public static Held accumulate(Held held, long x) {
      return held;
    }

    public static String result(Held held) {
      return "";
    }
  }

  /** NoRecord. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class NoRecord {
    private NoRecord() {}

    public static Object create() {
      return "";
    }

    public static Object accumulate(Object held, long x) {
      return held;
    }

    public static long result(Object held) {
      return 0;
    }
  }

  /** UnknownComponent. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class UnknownComponent {
    private UnknownComponent() {}

    /** Boxed in a way that no value is. */
    public record Numbers(List<Integer> values) {}

    public static Numbers create() {
      return new Numbers(List.of());
    }

    public static Numbers accumulate(Numbers held, long x) {
      return held;
    }

    public static long result(Numbers held) {
      return 0;
    }
  }

  /** NoVersion. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class NoVersion {
    private NoVersion() {}

    public static Object create() {
      return "";
    }

    public static Object accumulate(Object held, long x) {
      return held;
    }

    public static long result(Object held) {
      return 0;
    }

    public static @Nullable StateCodec<Object> codec() {
      return null;
    }
  }

  /** HiddenCodec: its accumulator is a record, which would be saved in another way. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class HiddenCodec {
    private HiddenCodec() {}

    public static Held create() {
      return new Held(0);
    }

    public static Held accumulate(Held held, long x) {
      return held;
    }

    public static long result(Held held) {
      return 0;
    }

    static @Nullable StateCodec<Held> codec() {
      return null;
    }
  }

  /** Checked. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class Checked {
    private Checked() {}

    public static Held create() {
      return new Held(0);
    }

    public static Held accumulate(Held held, long x) throws IOException {
      throw new IOException();
    }

    public static long result(Held held) {
      return 0;
    }
  }

  /** WithFunction. */
  @AggregateFunction(
      name = "f",
      signature = "(INT) -> INT",
      description = "",
      category = "",
      examples = {})
  public static final class WithFunction {
    private WithFunction() {}

    @ScalarFunction(
        name = "g",
        signature = "() -> INT",
        description = "",
        category = "",
        examples = {})
    public static long g() {
      return 0;
    }
  }
}
