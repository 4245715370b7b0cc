package io.millrace.operators.window;

import io.millrace.spi.data.BooleanColumn;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;

/** Which changes of a sliding window send the group that they concern, as it is then. */
public enum SlidingEmission {
  /** A row that enters. */
  ARRIVAL("", true, false),
  /** A row that leaves, or several at one moment; not a group of which nothing is left. */
  EXPIRY(", on expiry", false, true),
  /** Both; at one moment those that leave come first. */
  CHANGES(", on arrival and expiry", true, true),
  /** Both of rows alone, those that leave as {@code -D}. */
  CONTENTS(", contents", true, true),
  /**
   * Both, as changes by group: one of which nothing is left is sent as {@code -D}, and where rows
   * leave for one that enters, their group, if it is the same, changes once.
   */
  GROUPS(", changes by group", true, true),
  /**
   * As {@link #GROUPS}, each change by itself, also of the rows that leave for one that enters; the
   * last column (BOOLEAN) says whether a row that enters is the cause.
   */
  MARKED_GROUPS(", each change by group", true, true),
  /** None: the rows are held for whoever asks for them. */
  HELD("", false, false);

  private final String description;
  private final boolean isOnArrival;
  private final boolean isOnExpiry;

  SlidingEmission(String description, boolean isOnArrival, boolean isOnExpiry) {
    this.description = description;
    this.isOnArrival = isOnArrival;
    this.isOnExpiry = isOnExpiry;
  }

  /** Whether what is sent are changes by group. */
  boolean isByGroup() {
    return this == GROUPS || marksCauses();
  }

  /** Whether rows that leave, and the one for which they do, change their group once. */
  boolean changesOnce() {
    return this == GROUPS;
  }

  /** Whether the last column says whether a row that enters is the cause. */
  boolean marksCauses() {
    return this == MARKED_GROUPS;
  }

  /**
   * Marks a group that is written to the end of columns, if that is done.
   *
   * @param isOfEntering whether a row that enters is the cause
   */
  void mark(Column[] columns, int row, boolean isOfEntering) {
    if (marksCauses()) {
      ((BooleanColumn) columns[columns.length - 1]).put(row, isOfEntering);
    }
  }

  /** Of what kind a row is that leaves. */
  RowKind kindOfLeaving() {
    return this == CONTENTS ? RowKind.DELETE : RowKind.INSERT;
  }

  boolean isOnArrival() {
    return isOnArrival;
  }

  boolean isOnExpiry() {
    return isOnExpiry;
  }

  /** What EXPLAIN adds to the window's description. */
  String description() {
    return description;
  }
}
