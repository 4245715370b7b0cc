package io.millrace.spi.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastingTest {
  private static final String[] TYPES = {
    "BOOLEAN",
    "INT",
    "BIGINT",
    "DOUBLE",
    "DECIMAL(5,2)",
    "STRING",
    "BYTES",
    "TIMESTAMP",
    "DATE",
    "TIME",
    "INTERVAL",
    "ARRAY<STRING>",
    "MAP<STRING, INT>",
    "STRUCT<a INT>"
  };

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          BOOLEAN; BOOLEAN INT BIGINT DOUBLE DECIMAL(5,2) STRING
          INT; BOOLEAN INT BIGINT DOUBLE DECIMAL(5,2) STRING TIMESTAMP INTERVAL
          BIGINT; BOOLEAN INT BIGINT DOUBLE DECIMAL(5,2) STRING TIMESTAMP INTERVAL
          DOUBLE; BOOLEAN INT BIGINT DOUBLE DECIMAL(5,2) STRING
          DECIMAL(9,1); BOOLEAN INT BIGINT DOUBLE DECIMAL(5,2) STRING
          STRING; BOOLEAN INT BIGINT DOUBLE DECIMAL(5,2) STRING BYTES TIMESTAMP DATE TIME INTERVAL
          BYTES; STRING BYTES
          TIMESTAMP; BIGINT STRING TIMESTAMP DATE TIME
          DATE; STRING TIMESTAMP DATE
          TIME; STRING TIME
          INTERVAL; BIGINT STRING INTERVAL
          ARRAY<DATE>; STRING ARRAY<STRING>
          ARRAY<ARRAY<INT>>; STRING ARRAY<STRING>
          MAP<DATE, STRING>; STRING MAP<STRING,INT>
          STRUCT<b STRING>; STRING STRUCT<aINT>
          STRUCT<b STRING, c INT>; STRING
          """)
  void shouldCastToExactlyTheseTypes(String from, String expected) {
    Set<String> found =
        Stream.of(TYPES)
            .filter(to -> Casting.canCast(TypeParser.parse(from), TypeParser.parse(to)))
            .map(to -> to.replace(" ", ""))
            .collect(Collectors.toSet());

    assertThat(found).containsExactlyInAnyOrder(expected.split(" "));
  }
}
