package io.millrace.spi.function;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** Classes whose functions must be refused, one reason each. */
final class BadFunctions {
  private BadFunctions() {}

  static Stream<Arguments> all() {
    return Stream.of(
        Arguments.of(NotStatic.class, "it must be public and static"),
        Arguments.of(NotPublic.class, "it must be public and static"),
        Arguments.of(
            BadSignature.class,
            "its signature is wrong: cannot read '(INTT) -> INT': expected a type, found 'INTT'"),
        Arguments.of(TooFewParameters.class, "its signature has 1 parameters, the method takes 0"),
        Arguments.of(TooManyParameters.class, "parameter 'b' is not in its signature"),
        Arguments.of(WrongCarrier.class, "parameter 'a' is INT: expected long, found int"),
        Arguments.of(
            PrimitiveNullable.class,
            "parameter 'a' is INT and may be NULL: expected Long, found String"),
        Arguments.of(WrongResult.class, "its result is INT: expected long, found String"),
        Arguments.of(NoArray.class, "parameter 'a' is repeated: it must be an array"),
        Arguments.of(LateContext.class, "an EvaluationContext must be its first parameter"),
        Arguments.of(
            NoPreparation.class,
            "parameter 'a' is prepared by 'g': there must be a public static method Pattern g(String) in its class"),
        Arguments.of(BadName.class, "its names must be lower-case identifiers, found [Upper]"),
        Arguments.of(Hidden.class, " holds functions: it must be public"),
        Arguments.of(
            Empty.class,
            " holds no function: annotate a public static method with @ScalarFunction"));
  }

  /** NotStatic. */
  public static final class NotStatic {
    private NotStatic() {}

    @ScalarFunction(
        name = "f",
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {})
    public long f(long a) {
      return a;
    }
  }

  /** NotPublic. */
  public static final class NotPublic {
    private NotPublic() {}

    @ScalarFunction(
        name = "f",
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {})
    static long f(long a) {
      return a;
    }
  }

  /** BadSignature. */
  public static final class BadSignature {
    private BadSignature() {}

    @ScalarFunction(
        name = "f",
        signature = "(INTT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long f(long a) {
      return a;
    }
  }

  /** TooFewParameters. */
  public static final class TooFewParameters {
    private TooFewParameters() {}

    @ScalarFunction(
        name = "f",
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long f() {
      return 1;
    }
  }

  /** TooManyParameters. */
  public static final class TooManyParameters {
    private TooManyParameters() {}

    @ScalarFunction(
        name = "f",
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long f(long a, long b) {
      return 1;
    }
  }

  /** WrongCarrier. */
  public static final class WrongCarrier {
    private WrongCarrier() {}

    @ScalarFunction(
        name = "f",
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long f(int a) {
      return 1;
    }
  }

  /** PrimitiveNullable. */
  public static final class PrimitiveNullable {
    private PrimitiveNullable() {}

    @ScalarFunction(
        name = "f",
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long f(@Nullable String a) {
      return 1;
    }
  }

  /** WrongResult. */
  public static final class WrongResult {
    private WrongResult() {}

    @ScalarFunction(
        name = "f",
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static String f(long a) {
      return "";
    }
  }

  /** NoArray. */
  public static final class NoArray {
    private NoArray() {}

    @ScalarFunction(
        name = "f",
        signature = "(INT...) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long f(long a) {
      return 1;
    }
  }

  /** LateContext. */
  public static final class LateContext {
    private LateContext() {}

    @ScalarFunction(
        name = "f",
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long f(long a, EvaluationContext context) {
      return 1;
    }
  }

  /** NoPreparation. */
  public static final class NoPreparation {
    private NoPreparation() {}

    @ScalarFunction(
        name = "f",
        signature = "(STRING) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long f(@Prepared("g") Pattern a) {
      return 1;
    }
  }

  /** BadName. */
  public static final class BadName {
    private BadName() {}

    @ScalarFunction(
        name = "Upper",
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long f(long a) {
      return 1;
    }
  }

  /** Duplicate. */
  public static final class Duplicate {
    private Duplicate() {}

    @ScalarFunction(
        name = "twice",
        signature = "(INT) -> BIGINT",
        description = "",
        category = "",
        examples = {})
    public static long twice(long a) {
      return 1;
    }
  }

  /** No method is annotated. */
  public static final class Empty {
    private Empty() {}
  }

  static final class Hidden {
    private Hidden() {}
  }
}
