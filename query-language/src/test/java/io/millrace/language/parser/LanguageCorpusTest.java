package io.millrace.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.junit.jupiter.api.Test;

/** Every form of the language, as {@code language.sql} has them. */
class LanguageCorpusTest {
  private static final SourceText CORPUS = Corpus.source();

  @Test
  void shouldParseEveryFormOfTheLanguage() {
    Diagnostics diagnostics = new Diagnostics();
    ScriptParser.parse(CORPUS, Map.of(), diagnostics);
    assertThat(diagnostics.sorted()).isEmpty();
  }

  @Test
  void shouldTakeTheSameTreeWithOneLookAtATimeAndWithFullLookAhead() {
    for (List<Token> tokens : Corpus.statements()) {
      assertThat(treeOf(tokens, PredictionMode.SLL))
          .as(() -> textOf(tokens))
          .isEqualTo(treeOf(tokens, PredictionMode.LL));
    }
  }

  private static String treeOf(List<Token> tokens, PredictionMode mode) {
    return StatementParser.parseTree(tokens, mode).toStringTree(List.of(MillraceParser.ruleNames));
  }

  @Test
  void shouldFindNoErrorInCorrectStatementsButTheirEnd() {
    for (List<Token> tokens : Corpus.statements()) {
      SyntaxErrorFinder.SyntaxError error = new SyntaxErrorFinder(tokens).find().orElseThrow();
      assertThat(error.index()).as(() -> textOf(tokens)).isEqualTo(tokens.size());
      assertThat(new Expectations(error.expected()).has(Token.EOF)).isTrue();
    }
  }

  private static String textOf(List<Token> tokens) {
    Token first = tokens.get(0);
    Token last = tokens.get(tokens.size() - 1);
    return CORPUS.text().substring(first.getStartIndex(), last.getStopIndex() + 1);
  }
}
