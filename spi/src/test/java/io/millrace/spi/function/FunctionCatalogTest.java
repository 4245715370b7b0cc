package io.millrace.spi.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionCatalogTest {

  /** Functions that fit. */
  public static final class Good {
    private Good() {}

    @ScalarFunction(
        name = {"twice", "double_it"},
        signature = "(INT) -> INT",
        description = "",
        category = "",
        examples = {},
        canFail = true)
    public static int twice(long value) {
      return Math.toIntExact(2 * value);
    }

    @ScalarFunction(
        name = {"twice", "double_it"},
        signature = "(DOUBLE) -> DOUBLE",
        description = "",
        category = "",
        examples = {})
    public static double twiceDouble(double value) {
      return 2 * value;
    }

    @ScalarFunction(
        name = "pair",
        signature = "(INT, BIGINT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long pair(long a, long b) {
      return a;
    }

    @ScalarFunction(
        name = "pair",
        signature = "(BIGINT, INT) -> INT",
        description = "",
        category = "",
        examples = {})
    public static long mirroredPair(long a, long b) {
      return a;
    }

    @ScalarFunction(
        name = "every_kind",
        signature = "(STRING, BIGINT, ANY...) -> STRING",
        description = "",
        category = "",
        examples = {},
        deterministic = false)
    public static @Nullable String everyKind(
        EvaluationContext context,
        @PreparedForType(value = "typeName", argument = 2) String type,
        @Prepared("pattern") Pattern pattern,
        @Nullable Long number,
        @Nullable Object... rest) {
      return null;
    }

    public static Pattern pattern(String text) {
      return Pattern.compile(text);
    }

    public static String typeName(DataType type) {
      return type.sql();
    }

    @ScalarFunction(
        name = "$secret",
        signature = "() -> INT",
        description = "",
        category = "",
        examples = {})
    public static long secret() {
      return 1;
    }
  }

  private static final FunctionCatalog CATALOG =
      FunctionCatalog.of(List.of(() -> List.of(Good.class)));

  private static FunctionResolution resolve(String name, DataType... types) {
    return CATALOG.resolve(name, List.of(types).stream().map(Argument::of).toList());
  }

  private static String signature(FunctionResolution resolution) {
    assertThat(resolution).isInstanceOf(FunctionResolution.Resolved.class);
    return ((FunctionResolution.Resolved) resolution).function().text();
  }

  @Test
  void shouldFindFunctionsByNameAndSynonymInAnyCase() {
    assertThat(CATALOG.find("TWICE")).hasSize(2).isEqualTo(CATALOG.find("double_it"));
    assertThat(CATALOG.find("nothing")).isEmpty();
  }

  @Test
  void shouldNotShowHiddenFunctions() {
    assertThat(CATALOG.names()).containsExactly("double_it", "every_kind", "pair", "twice");
    assertThat(CATALOG.all())
        .extracting(FunctionDescriptor::text)
        .containsExactly(
            "every_kind(STRING, BIGINT, ANY...) -> STRING",
            "pair(BIGINT, INT) -> INT",
            "pair(INT, BIGINT) -> INT",
            "twice(DOUBLE) -> DOUBLE",
            "twice(INT) -> INT");
    assertThat(CATALOG.find("$secret")).hasSize(1);
  }

  @Test
  void shouldPreferTheNearestOverload() {
    assertThat(signature(resolve("twice", DataType.INT))).isEqualTo("twice(INT) -> INT");
    assertThat(signature(resolve("twice", DataType.BIGINT))).isEqualTo("twice(DOUBLE) -> DOUBLE");
    assertThat(signature(resolve("pair", DataType.INT, DataType.BIGINT)))
        .isEqualTo("pair(INT, BIGINT) -> INT");
  }

  @Test
  void shouldTakeAnyOverloadForAnUntypedNull() {
    assertThat(signature(resolve("twice", DataType.NULL))).startsWith("twice(");
  }

  @Test
  void shouldExplainWhenNoFunctionFits() {
    assertThat(resolve("twicee", DataType.INT))
        .isEqualTo(
            new FunctionResolution.Unresolved(
                "unknown-function",
                "unknown function 'twicee'",
                Optional.of("did you mean 'twice'?")));
    assertThat(resolve("Twice", DataType.STRING))
        .isEqualTo(
            new FunctionResolution.Unresolved(
                "no-such-overload",
                "function 'twice' does not take (STRING)",
                Optional.of("it is twice(DOUBLE) -> DOUBLE or twice(INT) -> INT")));
    assertThat(resolve("pair", DataType.INT, DataType.INT))
        .isEqualTo(
            new FunctionResolution.Unresolved(
                "ambiguous-call",
                "the call of 'pair' with (INT, INT) is ambiguous",
                Optional.of(
                    "cast an argument to choose from pair(BIGINT, INT) -> INT"
                        + " or pair(INT, BIGINT) -> INT")));
  }

  @Test
  void shouldDescribeEveryParameterOfTheMethod() {
    FunctionDescriptor function = CATALOG.find("every_kind").get(0);

    assertThat(function.parameters())
        .extracting(
            FunctionParameter::role,
            FunctionParameter::nullable,
            FunctionParameter::repeated,
            FunctionParameter::argument,
            parameter -> parameter.carrier().getSimpleName(),
            parameter -> parameter.preparedBy().map(Method::getName).orElse(""))
        .containsExactly(
            tuple(FunctionParameter.Role.CONTEXT, false, false, -1, "EvaluationContext", ""),
            tuple(FunctionParameter.Role.TYPE, false, false, 1, "String", "typeName"),
            tuple(FunctionParameter.Role.ARGUMENT, false, false, 0, "Pattern", "pattern"),
            tuple(FunctionParameter.Role.ARGUMENT, true, false, 1, "Long", ""),
            tuple(FunctionParameter.Role.ARGUMENT, true, true, 2, "Object", ""));
    assertThat(function.traits()).isEqualTo(new FunctionTraits(false, false, true));
    assertThat(function.takesContext()).isTrue();
  }

  @Test
  void shouldAddFunctionsToACatalog() {
    FunctionCatalog empty = FunctionCatalog.of(List.of());

    assertThat(empty.all()).isEmpty();
    assertThat(empty.with(List.of(() -> List.of(Good.class))).names()).contains("twice");
  }

  @Test
  void shouldRefuseTwoFunctionsOfOneSignature() {
    assertThatThrownBy(
            () ->
                FunctionCatalog.of(
                    List.of(() -> List.of(Good.class, BadFunctions.Duplicate.class))))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("twice(INT) is there already, by " + Good.class.getName() + ".twice");
  }

  @ParameterizedTest
  @MethodSource("io.millrace.spi.function.BadFunctions#all")
  void shouldRefuseAMethodThatDoesNotFitItsSignature(Class<?> type, String message) {
    assertThatThrownBy(() -> FunctionCatalog.of(List.of(() -> List.of(type))))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(type.getName())
        .hasMessageEndingWith(message);
  }
}
