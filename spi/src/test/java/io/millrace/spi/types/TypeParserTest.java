package io.millrace.spi.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypeParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BOOLEAN",
        "INT",
        "BIGINT",
        "DOUBLE",
        "DECIMAL(38,10)",
        "STRING",
        "BYTES",
        "TIMESTAMP",
        "DATE",
        "TIME",
        "INTERVAL",
        "ARRAY<ARRAY<INT>>",
        "MAP<STRING, ARRAY<DECIMAL(10,2)>>",
        "STRUCT<a INT, b STRUCT<c STRING, d ARRAY<MAP<INT, DATE>>>>"
      })
  void shouldReadWhatATypeWrites(String sql) {
    assertThat(TypeParser.parse(sql).sql()).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          integer; INT
          Long; BIGINT
          varchar; STRING
          VARCHAR(20); STRING
          decimal(5); DECIMAL(5,0)
          row<a int>; STRUCT<a INT>
          struct<`group` int>; STRUCT<group INT>
          """)
  void shouldReadSynonyms(String text, String sql) {
    assertThat(TypeParser.parse(text).sql()).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ''; cannot read '': expected a type, found the end
          INTT; cannot read 'INTT': expected a type, found 'INTT'
          ARRAY<INT; cannot read 'ARRAY<INT': expected '>', found the end
          INT INT; cannot read 'INT INT': expected the end, found 'INT'
          MAP<INT>; cannot read 'MAP<INT>': expected ',', found '>'
          DECIMAL(39,2); DECIMAL(39,2) is no type: expected a precision from 1 to 38 and a scale of at most the precision
          DECIMAL(99999999999); cannot read 'DECIMAL(99999999999)': expected a number, found '99999999999'
          STRUCT<a INT, A INT>; field 'A' appears twice in a STRUCT
          STRUCT<1 INT>; cannot read 'STRUCT<1 INT>': expected the name of a field, found '1'
          """)
  void shouldSayWhatWasExpectedWhenTheTextIsNoType(String text, String message) {
    assertThatThrownBy(() -> TypeParser.parse(text))
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseEndlessNesting() {
    assertThatThrownBy(() -> TypeParser.parse("ARRAY<".repeat(100_000)))
        .isInstanceOf(MillraceException.class)
        .hasMessage("the type is nested more than 64 levels deep");
  }
}
