package io.millrace.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.ast.QueryStatement;
import io.millrace.language.ast.Script;
import io.millrace.spi.error.Diagnostic;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.error.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void shouldReplaceVariablesEverywhereEvenInLiterals() {
    Script script =
        parse(
            "SELECT ${column}, 'x-${name}-y' FROM ${stream} WHERE a > ${n}",
            Map.of("column", "c.d", "name", "it", "stream", "`My Stream`", "n", "1 MIN"));
    assertThat(TreeText.of(script.statements().get(0)))
        .isEqualTo(
            "QueryStatement(Query(Select([Column(FieldExpression(c, d)), Column('x-it-y')],"
                + " StreamReference(`My Stream`), ComparisonExpression(GREATER, a, PT1M))))");
  }

  @Test
  void shouldNotReplaceWhatAVariableHolds() {
    Script script = parse("SELECT '${a}' FROM t", Map.of("a", "${b}", "b", "no"));
    assertThat(TreeText.of(script.statements().get(0))).contains("Column('${b}')");
  }

  @Test
  void shouldTakeTwoDollarsForAPlainOne() {
    Script script = parse("SELECT '$${a} $5' FROM t", Map.of("a", "no"));
    assertThat(TreeText.of(script.statements().get(0))).contains("Column('${a} $5')");
  }

  @Test
  void shouldCountPlacesInTheTextAsWritten() {
    Script script = parse("SELECT ${x} AS b, cc FROM t", Map.of("x", "a_much_longer_name"));
    QueryStatement query = (QueryStatement) script.statements().get(0);
    assertThat(query.query().select().items().get(0).span()).isEqualTo(new Span(7, 16, 1, 8));
    assertThat(query.query().select().items().get(1).span()).isEqualTo(new Span(18, 20, 1, 19));
    assertThat(script.textOf(query)).isEqualTo("SELECT ${x} AS b, cc FROM t");
  }

  @Test
  void shouldPlaceErrorsOfAValueAtItsVariable() {
    parse("SELECT a FROM t WHERE ${condition}", Map.of("condition", "a = = 1"));
    assertThat(diagnostics.sorted())
        .containsExactly(
            Diagnostic.of("syntax", new Span(22, 34, 1, 23), "expected an expression, found '='"));
  }

  @Test
  void shouldReportVariablesWithoutAValueAndNothingThatFollowsFromThem() {
    parse("SELECT a FROM t;\nSELECT ${colunm} FROM WHERE ${x};", Map.of("column", "a"));
    assertThat(diagnostics.sorted())
        .isEqualTo(
            List.of(
                Diagnostic.of(
                        "undefined-variable",
                        new Span(24, 33, 2, 8),
                        "variable 'colunm' has no value")
                    .withHint("did you mean 'column'?"),
                Diagnostic.of(
                        "undefined-variable", new Span(45, 49, 2, 29), "variable 'x' has no value")
                    .withHint("give it a value; on the command line: --var x=value")));
  }

  private Script parse(String text, Map<String, String> variables) {
    return ScriptParser.parse(new SourceText("text", text), variables, diagnostics);
  }
}
