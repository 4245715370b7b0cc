package io.millrace.language.ast;

/** The kinds of a {@link TemporalLiteral}. */
public enum TemporalKind {
  DATE,
  TIME,
  TIMESTAMP
}
