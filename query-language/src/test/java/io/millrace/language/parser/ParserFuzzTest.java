package io.millrace.language.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.Diagnostic;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import io.millrace.testkit.Property;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random texts: whatever they are, the parser ends and says what it finds. */
@Timeout(300)
class ParserFuzzTest {
  private static final List<String> WORDS =
      Corpus.statements().stream()
          .flatMap(List::stream)
          .map(Token::getText)
          .distinct()
          .sorted()
          .toList();
  private static final List<List<Token>> STATEMENTS = Corpus.statements();

  @Test
  void shouldParseWhatTheGrammarMakesAlikeWithAndWithoutFullLookAhead() {
    Property.check(
        2_000,
        1,
        random -> new SentenceGenerator(random).statement(5 + random.nextInt(60)),
        sentences -> sentences.forEach(ParserFuzzTest::checkSentence));
  }

  private static void checkSentence(String sentence) {
    parse(sentence);
    List<Token> tokens = tokensOf(sentence);
    String full = treeOf(tokens, PredictionMode.LL);
    try {
      assertThat(treeOf(tokens, PredictionMode.SLL)).isEqualTo(full);
    } catch (ParseCancellationException ignored) {
      // One look at a time may fail where full look-ahead does not, but never differ.
    }
  }

  private static String treeOf(List<Token> tokens, PredictionMode mode) {
    return StatementParser.parseTree(tokens, mode).toStringTree(List.of(MillraceParser.ruleNames));
  }

  private static List<Token> tokensOf(String sentence) {
    Diagnostics diagnostics = new Diagnostics();
    ExpandedText text =
        ExpandedText.expand(new SourceText("text", sentence), Map.of(), diagnostics);
    StatementReader reader = new StatementReader(text, diagnostics);
    assertThat(reader.advance()).isTrue();
    return reader.tokens();
  }

  @Test
  void shouldEndForRandomWords() {
    Property.check(
        1_000,
        30,
        random -> WORDS.get(random.nextInt(WORDS.size())),
        words -> parse(String.join(" ", words)));
  }

  @Test
  void shouldEndForRandomCharacters() {
    Property.check(
        1_000,
        60,
        random -> random.nextInt(4) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95),
        characters ->
            parse(
                characters.stream()
                    .map(c -> Character.toString((char) (int) c))
                    .collect(Collectors.joining())));
  }

  /** A change of a statement: one of its words goes, or gives way to another. */
  private record Change(int statement, int place, String word) {}

  @Test
  void shouldEndForCorrectStatementsWithRandomChanges() {
    Property.check(
        2_000,
        4,
        random ->
            new Change(
                random.nextInt(STATEMENTS.size()),
                random.nextInt(1_000),
                random.nextInt(3) == 0 ? "" : WORDS.get(random.nextInt(WORDS.size()))),
        ParserFuzzTest::checkChanged);
  }

  private static void checkChanged(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<Token> tokens = STATEMENTS.get(changes.get(0).statement);
    List<String> words = tokens.stream().map(Token::getText).collect(Collectors.toList());
    changes.forEach(change -> words.set(change.place % words.size(), change.word));
    parse(String.join(" ", words));
  }

  private static void parse(String text) {
    Diagnostics diagnostics = new Diagnostics();
    ScriptParser.parse(new SourceText("text", text), Map.of(), diagnostics);
    for (Diagnostic diagnostic : diagnostics.sorted()) {
      assertThat(diagnostic.message()).doesNotContain("expected ,", "null").isNotBlank();
      assertThat(diagnostic.span().end()).isLessThanOrEqualTo(text.length());
    }
  }
}
