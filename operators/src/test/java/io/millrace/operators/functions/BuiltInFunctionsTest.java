package io.millrace.operators.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operators.functions.ExampleEvaluator.Typed;
import io.millrace.operators.values.Comparisons;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDescriptor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltInFunctionsTest {
  private static final FunctionCatalog CATALOG =
      FunctionCatalog.of(List.of(new BuiltInFunctions()));

  /** Lambdas need the language: the conformance tests run these. */
  static Stream<String> examples() {
    return CATALOG.all().stream()
        .flatMap(function -> function.documentation().examples().stream())
        .filter(example -> !example.contains("=>"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldGiveWhatTheExampleSays(String example) {
    List<Typed> sides = new ExampleEvaluator(CATALOG, example).equation();

    assertThat(sides.get(0).value())
        .usingComparator(Comparisons.NULLS_LAST)
        .isEqualTo(sides.get(1).value());
  }

  @Test
  void shouldBeFoundByTheServiceLoader() {
    assertThat(FunctionCatalog.load().names()).containsAll(CATALOG.names());
  }

  @Test
  void shouldDocumentEveryFunction() {
    assertThat(CATALOG.all())
        .allSatisfy(
            function -> {
              assertThat(function.documentation().description()).matches("(?s)[-A-Z].*\\.");
              assertThat(function.documentation().examples()).isNotEmpty();
            });
  }

  @Test
  void shouldHaveWhatTheLanguagePromises() {
    String promised =
        "greatest least upper ucase lower lcase length len char_length trim ltrim rtrim"
            + " substring left right concat concat_ws replace split split_part split_index position"
            + " instr starts_with ends_with contains lpad rpad repeat reverse initcap translate"
            + " overlay chr ascii regexp_like regexp_extract regexp_extract_all regexp_replace"
            + " regexp_split levenshtein soundex mask mask_left mask_right mask_keep_left"
            + " mask_keep_right format to_base64 from_base64 to_hex from_hex encode decode to_bytes"
            + " from_bytes uuid abs ceil ceiling floor round trunc sign mod power sqrt cbrt exp ln"
            + " log log2 log10 pi e sin cos tan cot asin acos atan sinh cosh tanh atan2 degrees"
            + " radians random bit_and bit_or bit_xor bit_not shift_left shift_right is_nan"
            + " width_bucket now current_date year quarter month week day hour minute second"
            + " date_trunc date_add date_diff timestampadd timestampdiff format_timestamp"
            + " date_format parse_timestamp format_date parse_date format_time parse_time"
            + " to_timestamp to_unixtime from_unixtime at_timezone convert_tz last_day json_value"
            + " json_query json_exists json_array_length json_array_contains json_keys json_items"
            + " json_records json_concat to_json from_json is_json cardinality array_length"
            + " array_contains array_position array_distinct array_union array_intersect"
            + " array_except array_concat array_append array_remove array_sort array_reverse"
            + " array_min array_max array_sum array_avg array_join slice sequence flatten zip"
            + " map_keys map_values map_entries map_from_entries map_concat map_contains_key"
            + " element_at transform filter reduce any_match all_match none_match md5 sha1 sha256"
            + " sha512 crc32 xxhash64 hmac_sha256 url_encode url_decode url_extract_host"
            + " url_extract_path url_extract_port url_extract_protocol url_extract_query"
            + " url_extract_fragment url_extract_parameter geo_distance geo_within_box geohash";
    assertThat(CATALOG.names()).containsAll(List.of(promised.split(" ")));
  }

  @Test
  void shouldHideWhatOnlyTheLanguageCalls() {
    for (String name : List.of("$extract", "$floor_to", "$like", "$rlike", "$at_time_zone")) {
      assertThat(CATALOG.find(name)).as(name).isNotEmpty();
    }
    assertThat(CATALOG.all())
        .extracting(FunctionDescriptor::name)
        .noneMatch(n -> n.startsWith("$"));
  }
}
