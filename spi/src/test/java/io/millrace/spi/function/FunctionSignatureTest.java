package io.millrace.spi.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.TypeParser;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionSignatureTest {

  private static Argument arg(String type) {
    return Argument.of(type.equals("NULL") ? DataType.NULL : TypeParser.parse(type));
  }

  private static Optional<Match> match(String signature, Argument... arguments) {
    return FunctionSignature.parse(signature).match(List.of(arguments));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          (STRING) -> INT; STRING; STRING; INT
          (BIGINT) -> BIGINT; INT; BIGINT; BIGINT
          (STRING) -> INT; NULL; STRING; INT
          (T) -> ARRAY<T>; ARRAY<INT>; ARRAY<INT>; ARRAY<ARRAY<INT>>
          (ARRAY<T>) -> T; ARRAY<DATE>; ARRAY<DATE>; DATE
          (MAP<K,V>) -> ARRAY<STRUCT<key K, value V>>; MAP<STRING, INT>; MAP<STRING, INT>; ARRAY<STRUCT<key STRING, value INT>>
          (ARRAY<STRUCT<key K, value V>>) -> MAP<K,V>; ARRAY<STRUCT<a STRING, b INT>>; ARRAY<STRUCT<a STRING, b INT>>; MAP<STRING, INT>
          (DECIMAL(p,s)) -> DECIMAL(min(38,p+1),0); DECIMAL(5,2); DECIMAL(5,2); DECIMAL(6,0)
          (DECIMAL(p,s)) -> DECIMAL(p-s,0); INT; DECIMAL(10,0); DECIMAL(10,0)
          (DECIMAL(p,s)) -> DECIMAL(max(p,20)+3,s+2); BIGINT; DECIMAL(19,0); DECIMAL(23,2)
          (ANY) -> STRING; ARRAY<INT>; ARRAY<INT>; STRING
          """)
  void shouldBindVariablesWhenAnArgumentFits(
      String signature, String argument, String parameter, String result) {
    Match match = match(signature, arg(argument)).orElseThrow();

    assertThat(match.parameterType(0).sql()).isEqualTo(parameter);
    assertThat(match.resultType().sql()).isEqualTo(result);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          (STRING) -> INT; INT
          (INT) -> INT; BIGINT
          (ARRAY<T>) -> T; MAP<INT, INT>
          (DECIMAL(p,s)) -> INT; DOUBLE
          ((T) -> BOOLEAN) -> INT; INT
          () -> INT; INT
          """)
  void shouldNotMatchWhenAnArgumentDoesNotFit(String signature, String argument) {
    assertThat(match(signature, arg(argument))).isEmpty();
  }

  @Test
  void shouldWidenAllThatAVariableStandsFor() {
    Match match =
        match("(ARRAY<T>, T) -> BOOLEAN", arg("ARRAY<INT>"), arg("DECIMAL(3,1)")).orElseThrow();

    assertThat(match.parameterType(0).sql()).isEqualTo("ARRAY<DECIMAL(11,1)>");
    assertThat(match.parameterType(1).sql()).isEqualTo("DECIMAL(11,1)");
  }

  @Test
  void shouldWidenDecimalsOfSharedSizes() {
    Match match =
        match("(DECIMAL(p,s), DECIMAL(p,s)) -> DECIMAL(p,s)", arg("DECIMAL(5,2)"), arg("INT"))
            .orElseThrow();

    assertThat(match.parameterType(1).sql()).isEqualTo("DECIMAL(12,2)");
    assertThat(match.resultType().sql()).isEqualTo("DECIMAL(12,2)");
  }

  @Test
  void shouldRepeatTheLastParameterAnyNumberOfTimes() {
    String signature = "(STRING, INT...) -> STRING";

    assertThat(match(signature, arg("STRING"))).isPresent();
    assertThat(match(signature, arg("STRING"), arg("INT"), arg("INT"))).isPresent();
    assertThat(match(signature)).isEmpty();
    assertThat(match(signature, arg("STRING"), arg("STRING"))).isEmpty();
  }

  @Test
  void shouldTypeALambdaFromTheValues() {
    Match first =
        match("(ARRAY<T>, (T) -> U) -> ARRAY<U>", arg("ARRAY<STRING>"), Argument.lambda(1))
            .orElseThrow();
    assertThat(first.nextLambda()).hasValue(1);
    assertThat(first.lambdaParameterTypes(1)).containsExactly(DataType.STRING);

    Match second = first.withLambdaResult(1, DataType.INT).orElseThrow();
    assertThat(second.nextLambda()).isEmpty();
    assertThat(second.parameterType(1)).isEqualTo(DataType.INT);
    assertThat(second.resultType().sql()).isEqualTo("ARRAY<INT>");
  }

  @Test
  void shouldTypeALambdaAgainWhenItsResultWidensItsParameters() {
    Match match =
        match(
                "(ARRAY<T>, U, (U, T) -> U) -> U",
                arg("ARRAY<DECIMAL(2,1)>"),
                arg("INT"),
                Argument.lambda(2))
            .orElseThrow();
    match = match.withLambdaResult(2, DataType.decimal(12, 1)).orElseThrow();
    assertThat(match.nextLambda()).hasValue(2);
    assertThat(match.lambdaParameterTypes(2).get(0)).isEqualTo(DataType.decimal(12, 1));

    match = match.withLambdaResult(2, DataType.decimal(13, 1)).orElseThrow();
    assertThat(match.nextLambda()).hasValue(2);
    assertThat(match.lambdaParameterTypes(2).get(0)).isEqualTo(DataType.decimal(38, 1));

    match = match.withLambdaResult(2, DataType.decimal(38, 1)).orElseThrow();
    assertThat(match.nextLambda()).isEmpty();
    assertThat(match.parameterType(1)).isEqualTo(DataType.decimal(38, 1));
    assertThat(match.resultType()).isEqualTo(DataType.decimal(38, 1));
  }

  @Test
  void shouldRefuseALambdaWhoseResultDoesNotFit() {
    Match match =
        match("(ARRAY<T>, (T) -> BOOLEAN) -> BOOLEAN", arg("ARRAY<INT>"), Argument.lambda(1))
            .orElseThrow();

    assertThat(match.withLambdaResult(1, DataType.INT)).isEmpty();
    assertThat(match.lambdaResultText(1)).isEqualTo("BOOLEAN");
  }

  @Test
  void shouldTakeTheResultTypeFromAConstant() {
    String signature = "(STRING, STRING) -> FROM_LITERAL(2)";
    Argument json = arg("STRING");

    Match match =
        match(signature, json, Argument.constant(DataType.STRING, "ARRAY<INT>")).orElseThrow();
    assertThat(match.resultType().sql()).isEqualTo("ARRAY<INT>");
    assertThat(match(signature, json, arg("STRING"))).isEmpty();
    assertThatThrownBy(() -> match(signature, json, Argument.constant(DataType.STRING, "INTT")))
        .isInstanceOf(MillraceException.class)
        .hasMessage("cannot read 'INTT': expected a type, found 'INTT'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          STRING -> INT; cannot read 'STRING -> INT': expected '(', found 'STRING'
          (STRING) INT; cannot read '(STRING) INT': expected '->', found 'INT'
          (STRING..., INT) -> INT; only the last parameter may be repeated
          (DECIMAL(10,2)) -> INT; the sizes of a DECIMAL parameter must be variables, such as DECIMAL(p,s)
          ((T, T, T) -> T) -> T; a lambda has one or two parameters
          (INT) -> FROM_LITERAL(1); FROM_LITERAL must name a STRING parameter, counted from 1
          (STRNG) -> INT; cannot read '(STRNG) -> INT': expected a type, found 'STRNG'
          """)
  void shouldSayWhatIsWrongWhenASignatureCannotBeRead(String text, String message) {
    assertThatThrownBy(() -> FunctionSignature.parse(text))
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          (STRING, INT...) -> STRING
          (ARRAY<T>, (T) -> BOOLEAN) -> ARRAY<T>
          (MAP<K, V>) -> ARRAY<STRUCT<key K, value V>>
          (DECIMAL(p,s)) -> DECIMAL(min(38,p+1),0)
          (ANY...) -> BOOLEAN
          """)
  void shouldWriteWhatItReads(String text) {
    assertThat(FunctionSignature.parse(text)).hasToString(text);
  }
}
