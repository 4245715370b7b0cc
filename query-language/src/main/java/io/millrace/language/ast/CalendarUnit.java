package io.millrace.language.ast;

/** The granularities of an aggregation, from fine to coarse. */
public enum CalendarUnit {
  SECOND,
  MINUTE,
  HOUR,
  DAY,
  WEEK,
  MONTH,
  QUARTER,
  YEAR
}
