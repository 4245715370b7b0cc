package io.millrace.language.analysis;

/**
 * Everything that parses but does not run yet. Analysis refuses each with {@code not-supported} at
 * its place; the documentation lists them from here.
 */
public enum UnsupportedFeature {
  CREATE_FUNCTION("CREATE FUNCTION", "statements"),
  DROP("DROP in a script", "statements"),
  NOT_NULL("NOT NULL", "statements"),
  OUTER_JOIN_OF_CONTENTS("an outer join of windows that another join goes on with", "sources"),
  CONTENTS_BEHIND_OTHERS(
      "a join of windows that another one goes on with behind a table or UNNEST", "sources"),
  WITHIN_BEHIND_WINDOWS("WITHIN behind a join of windows", "sources"),
  PARTITION_OF_JOIN("PARTITION BY over a join of windows", "sources"),
  UNIDIRECTIONAL("UNIDIRECTIONAL beside WITHIN", "sources"),
  JOIN_OF_TABLES("a join of two tables", "sources"),
  ASOF_JOIN("ASOF JOIN", "sources"),
  UNNEST_ALONE("UNNEST without CROSS JOIN", "sources"),
  PATTERN_ABSENCE("NOT in a pattern of anything but elements and an OR of elements", "sources"),
  PATTERN_EVERY("EVERY inside the operand of another EVERY and inside a repeat", "sources"),
  MATCH_RECOGNIZE("MATCH_RECOGNIZE", "sources"),
  SYSTEM_TIME("FOR SYSTEM_TIME AS OF", "sources"),
  NO_FROM("a query without FROM", "sources"),
  SUBQUERY_VALUE("a query as a value", "expressions"),
  MATCH_SEMANTICS("FINAL and RUNNING", "expressions");

  private final String description;
  private final String chapter;

  UnsupportedFeature(String description, String chapter) {
    this.description = description;
    this.chapter = chapter;
  }

  /** What it is, as a message and the documentation name it. */
  public String description() {
    return description;
  }

  /** The heading of the documentation's list under which it stands. */
  public String chapter() {
    return chapter;
  }
}
