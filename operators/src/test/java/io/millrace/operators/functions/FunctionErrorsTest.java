package io.millrace.operators.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operators.functions.ExampleEvaluator.Typed;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowException;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDescriptor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions do at the edges: failures said for people, and values that examples leave out. */
class FunctionErrorsTest {
  private static final FunctionCatalog CATALOG =
      FunctionCatalog.of(List.of(new BuiltInFunctions()));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      textBlock =
          """
          repeat('ab', 1000000000000); a text of 2000000000000 characters is too long: at most 10000000 are made
          lpad('a', 2000000000); a text of 1999999999 characters is too long: at most 10000000 are made
          chr(55296); 55296 is no code point of a character
          format('%d', 'a'); format pattern '%d' does not fit: d != java.lang.String
          format('%2000000000d', 1); format pattern '%2000000000d' asks for a width or precision above 999
          regexp_like('a', '('); bad regular expression '(': Unclosed group near index 1
          regexp_replace('a', 'a', '$3'); bad replacement '$3': No group 3
          regexp_like(repeat('ab', 100000), '^(a|b)*c'); regular expression '^(a|b)*c' takes too many steps on a text of 200000 characters
          to_bytes('a', 'klingon'); unknown encoding 'klingon': expected hex, base64, utf8, ascii or a character set
          from_hex('abc'); 'abc' is not hexadecimal
          from_base64('a!'); 'a!' is not Base64
          to_bytes('€', 'ascii'); '€' cannot be written as US-ASCII
          from_bytes(from_hex('C3'), 'utf8'); the bytes c3 are not UTF-8
          mod(1, 0); division by zero in mod
          mod(1.5, 0.0); division by zero in mod
          width_bucket(1, 1, 1, 5); width_bucket needs two different bounds and a positive number
          random(3, 3); random(3, 3) has no number to choose from
          date_trunc('eon', DATE '2024-03-01'); unknown unit 'eon': expected YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND or MILLISECOND
          date_add('hour', 1, DATE '2024-03-01'); a DATE has no HOUR: cast it to TIMESTAMP first
          date_part('year', TIME '10:00:00'); a TIME has no YEAR
          date_part('month', INTERVAL '1' HOUR); an INTERVAL has no MONTH
          at_timezone(TIMESTAMP '2024-03-01 10:00:00', 'Mars'); unknown time zone 'Mars': expected a name such as Europe/Berlin or +02:00
          format_date(DATE '2024-03-01', 'b'); bad pattern 'b' of a time: Unknown pattern letter: b
          format_date(DATE '2024-03-01', 'HH'); pattern 'HH' does not fit the value: Unsupported field: HourOfDay
          parse_date('2024-02-30x', 'yyyy-MM-dd'); cannot read '2024-02-30x' by the pattern 'yyyy-MM-dd'
          parse_time('1', 'd'); cannot read '1' by the pattern 'd'
          from_unixtime(1e300); 1.0E300 seconds are out of the range of TIMESTAMP
          json_value('{}', 'a'); bad JSON path 'a' at character 1: it begins with $
          json_value('{}', '$.'); bad JSON path '$.' at character 3: a name follows a point
          json_value('{}', '$[a]'); bad JSON path '$[a]' at character 3: in brackets stands an index, * or a name in quotes
          json_value('{}', '$[1'); bad JSON path '$[1' at character 4: ] is missing
          from_json('[1', 'ARRAY<INT>'); from_json was given a text that is no JSON
          from_json('[1.5]', 'ARRAY<INT>'); from_json: field 'value' must be INT, not '1.5'
          from_json('{"a": [1]}', 'STRUCT<a INT>'); 'value.a' must be INT, not an array
          from_json('1', 'STRUCT<a INT>'); 'value' must be an object, not '1'
          sequence(1, 2000000); a sequence has at most 1000000 elements
          sequence(1, 2, 0); sequence needs a step that is not 0
          array_sort(ARRAY[1], 'up'); unknown order 'up': expected ASC or DESC
          map_from_arrays(ARRAY[1], ARRAY[1, 2]); map_from_arrays needs as many values as keys, not 2 and 1
          map_from_arrays(ARRAY['a', NULL], ARRAY[1, 2]); a key of a MAP is NULL
          hmac_sha256('a', ''); hmac_sha256 needs a key that is not empty
          url_decode('%zz'); '%zz' has a percent sign that begins no escape
          geo_distance(91, 0, 0, 0); latitude 91.0 is not in [-90, 90]
          geo_distance(0, 0, 0, 0, 'parsec'); unknown unit 'parsec': expected KM, M, MILE or NMI
          geohash(0, 181); longitude 181.0 is not in [-180, 180]
          geohash(0, 0, 13); a geohash has 1 to 12 digits, not 13
          """)
  void shouldSayWhatIsWrong(String call, String message) {
    assertThatThrownBy(() -> new ExampleEvaluator(CATALOG, call).expression())
        .isInstanceOfAny(RowException.class, MillraceException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abs(-9223372036854775807 ) = 9223372036854775807",
        "substring('stream', 0) = 'stream'",
        "substring('stream', -10, 2) = 'st'",
        "substring('stream', 3, -1) = ''",
        "substring('a😀c', 2, 1) = '😀'",
        "left('abc', -5) = ''",
        "right('abc', 5) = 'abc'",
        "right('abc', -5) = ''",
        "overlay('abc', 'X', 10) = 'abcX'",
        "lpad('abc', 5, '') = 'abc'",
        "lpad('abc', -1) = ''",
        "split('', ',') = ARRAY['']",
        "split_part('a,b', ',', 0) IS NULL",
        "split_part('a,b', ',', -3) IS NULL",
        "trim('   ') = ''",
        "regexp_extract('ab', '(a)(x)?', 2) IS NULL",
        "regexp_extract('ab', 'a', 1) IS NULL",
        "regexp_extract_all('ab', 'x') = array_remove(ARRAY['a'], 'a')",
        "round(49999999999999994e-17) = 0",
        "is_nan(round(sqrt(-1), 2)) = TRUE",
        "round(1e300, 400) = 1e300",
        "round(5e-1, -1000000) = 0",
        "round(99.5, 0) = 100",
        "shift_left(1, 64) = 0",
        "shift_right(-1, 200) = -1",
        "width_bucket(3, 10, 0, 5) = 4",
        "date_trunc('week', DATE '2024-03-04') = DATE '2024-03-04'",
        "date_trunc('quarter', DATE '2024-08-15') = DATE '2024-07-01'",
        "date_trunc('year', TIMESTAMP '1969-06-01 10:00:00') = TIMESTAMP '1969-01-01 00:00:00'",
        "date_trunc('second', TIMESTAMP '1969-12-31 23:59:59.500') = TIMESTAMP '1969-12-31 23:59:59'",
        "date_trunc('hour', TIMESTAMP '2024-03-01 10:20:00', 'Asia/Kolkata') = TIMESTAMP '2024-03-01 09:30:00'",
        "date_diff('month', TIMESTAMP '2024-03-31 00:00:00', TIMESTAMP '2024-02-29 00:00:00') = -1",
        "date_diff('quarter', DATE '2024-01-01', DATE '2024-12-31') = 3",
        "date_part('decade', DATE '2024-03-01') = 202",
        "date_part('century', DATE '2000-03-01') = 20",
        "date_part('dow', DATE '2024-03-03') = 0",
        "date_part('epoch', TIME '00:01:00.5') = 60",
        "date_part('day', INTERVAL '49' HOUR) = 2",
        "parse_timestamp('2024-03', 'yyyy-MM') = TIMESTAMP '2024-03-01 00:00:00'",
        "parse_timestamp('10:30', 'HH:mm') = TIMESTAMP '1970-01-01 10:30:00'",
        "parse_timestamp('2024-03-01T10:00+02:00', 'yyyy-MM-dd''T''HH:mmxxx') = TIMESTAMP '2024-03-01 08:00:00'",
        "json_value('{\"a\": 1, \"a\": 2}', '$.a') = '1'",
        "json_value('[1, 2]', '$[*]') IS NULL",
        "json_value('[1]', '$[*]') = '1'",
        "json_value('{\"a b\": true}', 'lax $[''a b'']') = 'true'",
        "json_value('{\"a\": 1.10}', '$.a') = '1.10'",
        "json_value('{\"a\": null}', '$.a') IS NULL",
        "json_query('{\"a\": [1, {\"b\": [], \"c\": {}}], \"d\": \"\\\"\"}', '$') = '{\"a\":[1,{\"b\":[],\"c\":{}}],\"d\":\"\\\"\"}'",
        "json_query('[1]', '$[*].a') IS NULL",
        "json_exists('', '$') = FALSE",
        "json_array_length('[1') IS NULL",
        "json_keys('[]') IS NULL",
        "json_concat('[]', '[]') = '[]'",
        "json_concat('x', '[]') IS NULL",
        "is_json(repeat('[', 100000)) = FALSE",
        "json_array_contains('[null]', NULL) = TRUE",
        "from_json('null', 'INT') IS NULL",
        "from_json('{\"A\": [1], \"x\": {}}', 'STRUCT<a STRING>') = STRUCT('[1]' AS a)",
        "from_json('{\"2024-03-01\": 1.005}', 'MAP<DATE, DECIMAL(4,2)>') = MAP[DATE '2024-03-01', 1.01]",
        "array_contains(ARRAY[1, NULL], NULL) = TRUE",
        "array_distinct(ARRAY[NULL, 1, NULL]) = ARRAY[NULL, 1]",
        "array_union(ARRAY[1], ARRAY[1.0, 2.5]) = ARRAY[1, 2.5]",
        "array_sum(array_remove(ARRAY[1], 1)) IS NULL",
        "array_sort(ARRAY[1, NULL, 2], 'desc') = ARRAY[NULL, 2, 1]",
        "slice(ARRAY[1, 2], 0, 1) = array_remove(ARRAY[1], 1)",
        "slice(ARRAY[1, 2], 5, 9223372036854775807) = array_remove(ARRAY[1], 1)",
        "sequence(3, 1, 1) = array_remove(ARRAY[3000000000], 3000000000)",
        "sequence(3, 3, -1) = ARRAY[3]",
        "greatest(NULL, NULL) IS NULL",
        "xxhash64('') = -1205034819632174695",
        "xxhash64('The quick brown fox jumps over the lazy dog, twice and once more') = 787084311820788571",
        "xxhash64('12345678') = -3256050815701549750",
        "xxhash64('1234') = -2868390121138328668",
        "soundex('') = ''",
        "url_extract_port('::') IS NULL",
        "url_extract_parameter('http://a.org/?b', 'b') = ''"
      })
  void shouldHoldAtTheEdges(String equation) {
    List<Typed> sides = new ExampleEvaluator(CATALOG, equation).equation();

    assertThat(sides.get(0).value())
        .usingComparator(Comparisons.NULLS_LAST)
        .isEqualTo(sides.get(1).value());
  }

  @Test
  void shouldFailWhenAnIntegerHasNoPositive() {
    assertThatThrownBy(() -> MathFunctions.abs(Long.MIN_VALUE))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> MathFunctions.absInt(Integer.MIN_VALUE))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void shouldFollowTheCalendarOfAZone() {
    // On 2024-03-31 the clocks of Berlin went from 02:00 to 03:00.
    assertThat(
            new ExampleEvaluator(
                    CATALOG,
                    "convert_tz(TIMESTAMP '2024-03-31 04:00:00', 'Europe/Berlin', 'UTC')"
                        + " = TIMESTAMP '2024-03-31 02:00:00'")
                .equation())
        .extracting(Typed::value)
        .containsOnly(1_711_850_400_000L);
  }

  @Test
  void shouldDeclareWhatCanFail() {
    assertThat(CATALOG.find("date_trunc")).allMatch(FunctionDescriptor::canFail);
    assertThat(CATALOG.find("upper")).noneMatch(FunctionDescriptor::canFail);
    assertThat(CATALOG.find("now")).noneMatch(FunctionDescriptor::deterministic);
  }
}
