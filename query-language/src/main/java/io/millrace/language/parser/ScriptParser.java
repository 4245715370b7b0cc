package io.millrace.language.parser;

import io.millrace.language.ast.Script;
import io.millrace.language.ast.Statement;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parses scripts. It never throws for what a text contains, and its cost is linear in the text's
 * length: statements are read one by one, their nesting is bounded before the grammar sees them,
 * and an error in one hides none in another.
 *
 * <p>To add a keyword, see {@code MillraceLexer.g4}; to add a clause, {@code MillraceParser.g4}.
 */
public final class ScriptParser {

  /** Behind this many errors the rest of a text is not looked at: it is no script. */
  private static final int MOST_ERRORS = 100;

  private ScriptParser() {}

  /**
   * The statements of a text that have no syntax errors; the errors of the others go to {@code
   * diagnostics}.
   *
   * @param variables values for <code>${name}</code>, by name
   */
  public static Script parse(
      SourceText source, Map<String, String> variables, Diagnostics diagnostics) {
    ExpandedText text = ExpandedText.expand(source, variables, diagnostics);
    StatementReader reader = new StatementReader(text, diagnostics);
    StatementParser parser = new StatementParser(text, diagnostics);
    List<Statement> statements = new ArrayList<>();
    int errorsBefore = diagnostics.size();
    while (reader.advance()) {
      if (!reader.isDamaged()) {
        parser.parse(reader.tokens()).ifPresent(statements::add);
      }
      if (diagnostics.size() - errorsBefore >= MOST_ERRORS) {
        diagnostics.report(
            "too-many-errors",
            text.span(reader.offset(), reader.offset()),
            "more than " + MOST_ERRORS + " errors; the rest of the script was not checked");
        break;
      }
    }
    return new Script(statements, source);
  }
}
