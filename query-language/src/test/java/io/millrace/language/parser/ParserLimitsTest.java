package io.millrace.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.ast.LogicalExpression;
import io.millrace.language.ast.QueryStatement;
import io.millrace.language.ast.Script;
import io.millrace.spi.error.Diagnostic;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of absurd size or depth. The time limits are far off; they are there to end a hang. */
@Timeout(120)
class ParserLimitsTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "SELECT                     | (                | 1        | )   ",
        "SELECT                     | f(               | 1        | )   ",
        "SELECT                     | CASE WHEN a THEN | 1        |  END",
        "SELECT                     | ARRAY[           | 1        | ]   ",
        "SELECT                     | (SELECT          | 1        | )   ",
        "SELECT * FROM              | (                | a        | )   ",
        "SELECT * FROM              | (SELECT * FROM   | a        | )   ",
        "SELECT * FROM PATTERN      | (EVERY           | a        | )   ",
        "CREATE TYPE t AS           | MAP<INT,         | INT      | >   ",
        "SELECT * FROM t GROUP BY   | (                | a        | )   ",
      })
  void shouldRefuseBracketsThatNestTooDeeply(
      String start, String open, String inner, String close) {
    int some = NestingLimit.MOST_BRACKETS / 2 - 5;
    parse(start + " " + (open + " ").repeat(some) + inner + (" " + close).repeat(some));
    assertThat(diagnostics.sorted()).isEmpty();
    parse(start + " " + (open + " ").repeat(10_000) + inner + (" " + close).repeat(10_000));
    assertThat(diagnostics.sorted()).extracting(Diagnostic::code).containsOnly("nested-too-deeply");
  }

  @ParameterizedTest
  @CsvSource({"NOT, a", "-, a", "a +, a", "a *, a", "a., a", "x =>, 1"})
  void shouldRefuseOperatorsThatBuildTooDeeply(String operator, String last) {
    parse("SELECT f(" + (operator + " ").repeat(10_000) + last + ") FROM t");
    assertThat(diagnostics.sorted()).extracting(Diagnostic::code).containsOnly("nested-too-deeply");
  }

  @ParameterizedTest
  @CsvSource({"OR b = c + 1", "AND b", "|| b", "OR b AND c"})
  void shouldTakeThousandsOfTerms(String term) {
    parse("SELECT a " + (term + " ").repeat(5_000) + "FROM t");
    assertThat(diagnostics.sorted()).isEmpty();
  }

  @Test
  void shouldMakeOneFlatNodeOfManyTerms() {
    Script script = parse("SELECT a FROM t WHERE a" + " AND b > 1".repeat(5_000));
    QueryStatement query = (QueryStatement) script.statements().get(0);
    assertThat(query.query().select().where())
        .isInstanceOfSatisfying(
            LogicalExpression.class, and -> assertThat(and.terms()).hasSize(5_001));
  }

  @Test
  void shouldFindAnErrorBehindALongBeginning() {
    parse("SELECT * FROM t WHERE a IN (1" + ", 2".repeat(20_000) + ", )");
    assertThat(diagnostics.sorted())
        .extracting(Diagnostic::message)
        .containsExactly("unexpected ')'");
  }

  @Test
  void shouldStopAtAHundredErrors() {
    parse("SELECT a FORM t;\n".repeat(100_000));
    assertThat(diagnostics.sorted()).hasSize(101);
    assertThat(diagnostics.sorted().get(100).code()).isEqualTo("too-many-errors");
  }

  @Test
  void shouldRefuseMegabytesOfGarbage() {
    Random random = new Random(1);
    StringBuilder garbage = new StringBuilder();
    for (int i = 0; i < 10_000_000; i++) {
      garbage.append((char) (32 + random.nextInt(95)));
    }
    parse(garbage.toString());
    assertThat(diagnostics.isEmpty()).isFalse();
  }

  @Test
  void shouldRefuseMegabytesOfWords() {
    parse("SELECT a , ".repeat(1_000_000));
    assertThat(diagnostics.sorted())
        .extracting(Diagnostic::code)
        .containsOnly("statement-too-long");
  }

  @Test
  void shouldGiveUpATextOfUnknownCharacters() {
    parse("\u0001".repeat(5_000_000));
    assertThat(diagnostics.sorted())
        .extracting(Diagnostic::code)
        .containsExactly("unknown-character", "no-script");
  }

  private Script parse(String text) {
    return ScriptParser.parse(new SourceText("text", text), Map.of(), diagnostics);
  }
}
