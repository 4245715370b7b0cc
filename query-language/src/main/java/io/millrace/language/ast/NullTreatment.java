package io.millrace.language.ast;

/** IGNORE NULLS and RESPECT NULLS. */
public enum NullTreatment {
  UNSTATED,
  IGNORE,
  RESPECT
}
