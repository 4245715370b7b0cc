package io.millrace.language.analysis;

/** What a query makes of the rows of the queries in its FROM. */
enum FromQuery {
  /** It takes them as events. */
  EVENTS,
  /** It is a table, and takes them as those of a table. */
  BY_KEY,
  /** It is a table of groups, or below one: it takes every row, and those that are taken back. */
  EVERY_ROW;

  boolean isOfTable() {
    return this != EVENTS;
  }
}
