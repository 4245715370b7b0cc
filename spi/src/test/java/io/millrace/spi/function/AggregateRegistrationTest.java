package io.millrace.spi.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes that become aggregates. */
public class AggregateRegistrationTest {
  /** Holds a component of each kind, and does everything. */
  @AggregateFunction(
      name = {"everything", "all_of_it"},
      signature = "(BIGINT, STRING) -> DOUBLE",
      description = "All.",
      category = "tests",
      examples = "everything(x, t)")
  public static final class Everything {
    private Everything() {}

    /** One of each. */
    public record Held(
        long a,
        @Nullable Double b,
        boolean c,
        String d,
        BigDecimal e,
        Bytes f,
        Map<String, List<Long>> g) {}

    public static Held create() {
      return new Held(0, null, false, "", BigDecimal.ZERO, Bytes.wrap(new byte[0]), Map.of());
    }

    public static Held accumulate(Held held, long x, @Nullable String text) {
      return held;
    }

    public static Held retract(Held held, long x, @Nullable String text) {
      return held;
    }

    public static Held merge(Held one, Held other) {
      return one;
    }

    public static @Nullable Double result(Held held) {
      return held.b();
    }
  }

  /** Only takes rows. */
  @AggregateFunction(
      name = "everything",
      signature = "() -> INT",
      description = "Little.",
      category = "tests",
      examples = {})
  public static final class Little {
    private Little() {}

    public static BadAggregates.Held create() {
      return new BadAggregates.Held(0);
    }

    public static BadAggregates.Held accumulate(BadAggregates.Held held) {
      return held;
    }

    public static int result(BadAggregates.Held held) {
      return 0;
    }
  }

  private static FunctionCatalog catalog(Class<?>... classes) {
    return FunctionCatalog.of(List.of(() -> List.of(classes)));
  }

  @Test
  void shouldDescribeWhatAClassCanDo() {
    AggregateDescriptor aggregate = catalog(Everything.class).findAggregates("All_Of_It").get(0);

    assertThat(aggregate.text()).isEqualTo("everything(BIGINT, STRING) -> DOUBLE");
    assertThat(aggregate.type()).isEqualTo(Everything.class);
    assertThat(aggregate.methods().retract()).isPresent();
    assertThat(aggregate.methods().merge()).isPresent();
    assertThat(aggregate.nullableParameters()).containsExactly(false, true);
    assertThat(aggregate.nullableResult()).isTrue();
    assertThat(aggregate.state().text())
        .isEqualTo(
            "{long a, Double b, boolean c, String d, BigDecimal e, Bytes f, Map<String, List<Long>>"
                + " g}");
  }

  @Test
  void shouldFindTheOverloadOfACall() {
    FunctionCatalog catalog = catalog(Everything.class, Little.class);

    assertThat(catalog.names()).isEmpty();
    assertThat(catalog.aggregateNames()).containsExactly("all_of_it", "everything");
    assertThat(catalog.aggregates()).hasSize(2);
    assertThat(catalog.resolveAggregate("everything", List.of()))
        .isInstanceOfSatisfying(
            FunctionResolution.ResolvedAggregate.class,
            found -> assertThat(found.aggregate().type()).isEqualTo(Little.class));
    assertThat(catalog.resolveAggregate("everything", List.of(Argument.of(DataType.DOUBLE))))
        .isEqualTo(
            new FunctionResolution.Unresolved(
                "no-such-overload",
                "function 'everything' does not take (DOUBLE)",
                Optional.of("it is everything() -> INT or everything(BIGINT, STRING) -> DOUBLE")));
    assertThat(catalog.resolveAggregate("everythin", List.of()))
        .isEqualTo(
            new FunctionResolution.Unresolved(
                "unknown-aggregate",
                "unknown aggregate 'everythin'",
                Optional.of("did you mean 'everything'?")));
  }

  @Test
  void shouldNotChooseAnOverloadForAnUntypedNull() {
    FunctionCatalog catalog = catalog(OfANumber.class, OfAText.class);

    assertThat(catalog.resolveAggregate("one", List.of(Argument.of(DataType.NULL))))
        .isEqualTo(
            new FunctionResolution.Unresolved(
                "ambiguous-call",
                "the call of 'one' with (NULL) is ambiguous",
                Optional.of(
                    "cast an argument to choose from one(BIGINT) -> INT or one(STRING) -> INT")));
  }

  @ParameterizedTest
  @MethodSource("io.millrace.spi.function.BadAggregates#all")
  void shouldRefuseAClassThatDoesNotFit(Class<?> type, String message) {
    assertThatThrownBy(() -> catalog(type))
        .isInstanceOf(MillraceException.class)
        .hasMessage("aggregate " + type.getName() + " cannot be registered: " + message);
  }

  @Test
  void shouldRefuseANameThatIsTaken() {
    assertThatThrownBy(() -> catalog(Little.class, LittleAgain.class))
        .isInstanceOf(MillraceException.class)
        .hasMessageEndingWith("everything() is there already, by " + Little.class.getName());
    assertThatThrownBy(() -> catalog(Little.class, FunctionOfTheName.class))
        .isInstanceOf(MillraceException.class)
        .hasMessageEndingWith("there is a function 'everything' already");
  }

  /** Counts numbers. */
  @AggregateFunction(
      name = "one",
      signature = "(BIGINT) -> INT",
      description = "One.",
      category = "tests",
      examples = {})
  public static final class OfANumber {
    private OfANumber() {}

    public static BadAggregates.Held create() {
      return Little.create();
    }

    public static BadAggregates.Held accumulate(BadAggregates.Held held, long x) {
      return held;
    }

    public static int result(BadAggregates.Held held) {
      return 0;
    }
  }

  /** Counts texts. */
  @AggregateFunction(
      name = "one",
      signature = "(STRING) -> INT",
      description = "One.",
      category = "tests",
      examples = {})
  public static final class OfAText {
    private OfAText() {}

    public static BadAggregates.Held create() {
      return Little.create();
    }

    public static BadAggregates.Held accumulate(BadAggregates.Held held, String x) {
      return held;
    }

    public static int result(BadAggregates.Held held) {
      return 0;
    }
  }

  /** Has the call of another. */
  @AggregateFunction(
      name = "everything",
      signature = "() -> INT",
      description = "Again.",
      category = "tests",
      examples = {})
  public static final class LittleAgain {
    private LittleAgain() {}

    public static BadAggregates.Held create() {
      return Little.create();
    }

    public static BadAggregates.Held accumulate(BadAggregates.Held held) {
      return held;
    }

    public static int result(BadAggregates.Held held) {
      return 0;
    }
  }

  /** A function. */
  public static final class FunctionOfTheName {
    private FunctionOfTheName() {}

    @ScalarFunction(
        name = "everything",
        signature = "(BOOLEAN) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long everything(boolean x) {
      return 0;
    }
  }
}
