package io.millrace.language.parser;

import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.antlr.v4.runtime.Token;

/** The texts that tests read. */
final class Corpus {
  private Corpus() {}

  static SourceText source() {
    return new SourceText("language.sql", read("language.sql"));
  }

  /** A file beside this class. */
  static String read(String name) {
    try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tokens of each statement of {@code language.sql}. */
  static List<List<Token>> statements() {
    Diagnostics diagnostics = new Diagnostics();
    ExpandedText text = ExpandedText.expand(source(), Map.of(), diagnostics);
    StatementReader reader = new StatementReader(text, diagnostics);
    List<List<Token>> statements = new ArrayList<>();
    while (reader.advance()) {
      statements.add(reader.tokens());
    }
    return statements;
  }
}
