package io.millrace.language.ast;

/** Which rows of an interval a rate limit sends. */
public enum RateLimitKind {
  FIRST,
  LAST,
  ALL
}
