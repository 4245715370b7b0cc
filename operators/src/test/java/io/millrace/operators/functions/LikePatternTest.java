package io.millrace.operators.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.RowException;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          abc; abc; true
          abc; ab; false
          abc; a%; true
          abc; %c; true
          abc; %b%; true
          abc; a_c; true
          abc; a_; false
          abc; ___; true
          abc; %; true
          ''; %; true
          ''; ''; true
          ''; _; false
          aab; %ab; true
          abab; %ab; true
          aba; ab%ba; false
          a😀c; a_c; true
          ABC; abc; false
          a.c; a.c; true
          abc; a.c; false
          a%c; a%%c; true
          """)
  void shouldMatchTheWholeText(String text, String pattern, boolean matches) {
    assertThat(LikeFunctions.like(text, LikeFunctions.likePattern(pattern))).isEqualTo(matches);
  }

  @Test
  void shouldTakeEscapedCharactersAsTheyAre() {
    int escape = LikeFunctions.escape("!");

    assertThat(LikeFunctions.like("10%", "10!%", escape)).isTrue();
    assertThat(LikeFunctions.like("100", "10!%", escape)).isFalse();
    assertThat(LikeFunctions.like("a_!b", "a!_!!%", escape)).isTrue();
    assertThat(LikeFunctions.like("a!", "a!", LikeFunctions.escape(""))).isTrue();
  }

  @Test
  void shouldRefuseBadEscapes() {
    assertThatThrownBy(() -> LikeFunctions.escape("ab"))
        .isInstanceOf(RowException.class)
        .hasMessage("ESCAPE takes one character, found 'ab'");
    for (String pattern : new String[] {"a!", "!a"}) {
      assertThatThrownBy(() -> LikePattern.of(pattern, '!'))
          .isInstanceOf(RowException.class)
          .hasMessage(
              "bad LIKE pattern '"
                  + pattern
                  + "': the escape character must stand before %, _ or itself");
    }
  }

  @Test
  void shouldAgreeWithRegularExpressions() {
    long seed = 5;
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      String text = randomText(random, "ab", 8);
      String pattern = randomText(random, "ab%_", 6);
      Pattern regex = Pattern.compile(pattern.replace("%", ".*").replace("_", "."));
      assertThat(LikeFunctions.likePattern(pattern).matches(text))
          .as("seed %d: '%s' like '%s'", seed, text, pattern)
          .isEqualTo(regex.matcher(text).matches());
    }
  }

  @Test
  void shouldNotBacktrack() {
    String text = "a".repeat(100_000);

    assertThat(LikeFunctions.likePattern("%a%a%a%a%a%b").matches(text)).isFalse();
  }

  private static String randomText(Random random, String alphabet, int longest) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(longest + 1);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
