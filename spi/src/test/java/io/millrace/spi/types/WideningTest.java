package io.millrace.spi.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          INT; BIGINT
          INT; DECIMAL(10,0)
          INT; DOUBLE
          BIGINT; DECIMAL(19,0)
          BIGINT; DECIMAL(21,2)
          BIGINT; DOUBLE
          DECIMAL(5,2); DECIMAL(6,2)
          DECIMAL(5,2); DECIMAL(6,3)
          DECIMAL(38,10); DOUBLE
          ARRAY<INT>; ARRAY<BIGINT>
          MAP<STRING, INT>; MAP<STRING, DOUBLE>
          STRUCT<a INT, b STRING>; STRUCT<A BIGINT, b STRING>
          STRING; STRING
          """)
  void shouldWidenWhenEveryValueFits(String from, String to) {
    assertThat(Widening.canWiden(TypeParser.parse(from), TypeParser.parse(to))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          BIGINT; INT
          INT; DECIMAL(9,0)
          BIGINT; DECIMAL(19,1)
          DOUBLE; DECIMAL(38,10)
          DECIMAL(5,2); DECIMAL(5,3)
          DECIMAL(5,2); DECIMAL(5,1)
          DECIMAL(5,0); BIGINT
          STRING; TIMESTAMP
          INT; STRING
          DATE; TIMESTAMP
          ARRAY<BIGINT>; ARRAY<INT>
          STRUCT<a INT>; STRUCT<b INT>
          STRUCT<a INT>; STRUCT<a INT, b INT>
          MAP<STRING, INT>; ARRAY<INT>
          """)
  void shouldNotWidenWhenSomeValueWouldNotFit(String from, String to) {
    assertThat(Widening.canWiden(TypeParser.parse(from), TypeParser.parse(to))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          INT; BIGINT; BIGINT
          INT; DECIMAL(3,1); DECIMAL(11,1)
          BIGINT; DECIMAL(3,1); DECIMAL(20,1)
          DECIMAL(5,2); DECIMAL(4,3); DECIMAL(6,3)
          DECIMAL(38,0); DECIMAL(10,5); DECIMAL(38,0)
          DECIMAL(38,10); DECIMAL(38,20); DECIMAL(38,10)
          DECIMAL(5,2); DOUBLE; DOUBLE
          ARRAY<INT>; ARRAY<DOUBLE>; ARRAY<DOUBLE>
          MAP<INT, INT>; MAP<BIGINT, DOUBLE>; MAP<BIGINT, DOUBLE>
          STRUCT<a INT, b DOUBLE>; STRUCT<a BIGINT, b INT>; STRUCT<a BIGINT, b DOUBLE>
          """)
  void shouldFindTheCommonTypeInBothOrders(String a, String b, String common) {
    DataType first = TypeParser.parse(a);
    DataType second = TypeParser.parse(b);

    assertThat(Widening.common(first, second)).contains(TypeParser.parse(common));
    assertThat(Widening.common(second, first)).contains(TypeParser.parse(common));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          INT; BIGINT
          DECIMAL(22,21); DECIMAL(38,19)
          DECIMAL(38,38); DECIMAL(38,0)
          ARRAY<DECIMAL(22,21)>; ARRAY<DECIMAL(38,19)>
          STRUCT<a DECIMAL(30,30), b INT>; STRUCT<a DECIMAL(38,20), b BIGINT>
          """)
  void shouldJoinWhereItIsWidenedOrTheScaleIsCut(String from, String to) {
    assertThat(Widening.canJoin(TypeParser.parse(from), TypeParser.parse(to))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          BIGINT; INT
          DECIMAL(22,21); DECIMAL(37,19)
          DECIMAL(22,20); DECIMAL(38,37)
          DECIMAL(38,0); DECIMAL(38,19)
          STRING; INT
          """)
  void shouldNotJoinWhereNoOtherValueGivesTheType(String from, String to) {
    assertThat(Widening.canJoin(TypeParser.parse(from), TypeParser.parse(to))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          INT; STRING
          DATE; TIMESTAMP
          BOOLEAN; INT
          ARRAY<INT>; ARRAY<STRING>
          ARRAY<INT>; INT
          STRUCT<a INT>; STRUCT<b INT>
          """)
  void shouldFindNoCommonTypeWhenTypesDoNotMeet(String a, String b) {
    assertThat(Widening.common(TypeParser.parse(a), TypeParser.parse(b))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          INT
          STRING
          ARRAY<MAP<STRING, DATE>>
          """)
  void shouldTakeNullEverywhere(String type) {
    DataType other = TypeParser.parse(type);

    assertThat(Widening.canWiden(DataType.NULL, other)).isTrue();
    assertThat(Widening.canWiden(other, DataType.NULL)).isFalse();
    assertThat(Widening.common(DataType.NULL, other)).contains(other);
    assertThat(Widening.common(other, DataType.NULL)).contains(other);
  }

  @Test
  void shouldKeepValuesApartWhenTheOtherTypeHasAllTheirDigits() {
    assertThat(Widening.keepsApart(DataType.INT, DataType.BIGINT)).isTrue();
    assertThat(Widening.keepsApart(DataType.INT, DataType.DOUBLE)).isTrue();
    assertThat(Widening.keepsApart(DataType.BIGINT, DataType.decimal(19, 0))).isTrue();
    assertThat(Widening.keepsApart(DataType.decimal(15, 2), DataType.DOUBLE)).isTrue();
    assertThat(Widening.keepsApart(DataType.decimal(16, 2), DataType.DOUBLE)).isFalse();
    assertThat(Widening.keepsApart(DataType.BIGINT, DataType.DOUBLE)).isFalse();
    assertThat(
            Widening.keepsApart(DataType.array(DataType.BIGINT), DataType.array(DataType.DOUBLE)))
        .isFalse();
  }
}
