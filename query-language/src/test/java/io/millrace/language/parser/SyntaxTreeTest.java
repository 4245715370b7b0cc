package io.millrace.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.language.ast.QueryStatement;
import io.millrace.language.ast.Script;
import io.millrace.language.ast.SelectItem;
import io.millrace.language.ast.Statement;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The trees of texts, as {@code trees.txt} has them. */
class SyntaxTreeTest {

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    String text = "";
    for (String line : Corpus.read("trees.txt").split("\n")) {
      if (line.startsWith("  ")) {
        cases.add(Arguments.of(text, line.strip()));
      }
      text = line;
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldBuildTheTreeOfAText(String text, String tree) {
    boolean isStatement = text.endsWith(";");
    Script script = parse(isStatement ? text : "SELECT " + text + " FROM t;");
    Statement statement = script.statements().get(0);
    Object node = statement;
    if (!isStatement && statement instanceof QueryStatement query) {
      node = ((SelectItem.Column) query.query().select().items().get(0)).expression();
    }
    assertThat(TreeText.of(node)).isEqualTo(tree);
  }

  @Test
  void shouldKeepThePlacesOfStatementsAndTheirParts() {
    Script script = parse("-- first\nSELECT a FROM t ;\n SELECT b+c\tFROM u; ");
    QueryStatement second = (QueryStatement) script.statements().get(1);
    assertThat(script.textOf(script.statements().get(0))).isEqualTo("SELECT a FROM t");
    assertThat(second.span()).isEqualTo(new Span(28, 45, 3, 2));
    assertThat(script.textOf(second.query().select().items().get(0))).isEqualTo("b+c");
  }

  @Test
  void shouldCountPlacesInUtf16WhateverTheCharacters() {
    Script script = parse("SELECT '\uD83D\uDE00 é' AS größe FROM t");
    QueryStatement query = (QueryStatement) script.statements().get(0);
    assertThat(script.textOf(query.query().select().items().get(0)))
        .isEqualTo("'\uD83D\uDE00 é' AS größe");
  }

  @Test
  void shouldIgnoreAByteOrderMarkAndEmptyStatements() {
    assertThat(parse("\uFEFF;; SELECT a FROM t;;\n--\n").statements()).hasSize(1);
  }

  private static Script parse(String text) {
    Diagnostics diagnostics = new Diagnostics();
    Script script = ScriptParser.parse(new SourceText("text", text), Map.of(), diagnostics);
    assertThat(diagnostics.sorted()).isEmpty();
    return script;
  }
}
