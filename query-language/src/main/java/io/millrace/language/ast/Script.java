package io.millrace.language.ast;

import io.millrace.spi.error.SourceText;
import java.util.List;

/** A parsed script: its statements in order, without those that have syntax errors. */
public record Script(List<Statement> statements, SourceText source) {

  public Script {
    statements = List.copyOf(statements);
  }

  /** The text of a part of it, as the user wrote it. */
  public String textOf(Node node) {
    return source.text().substring(node.span().start(), node.span().end());
  }
}
