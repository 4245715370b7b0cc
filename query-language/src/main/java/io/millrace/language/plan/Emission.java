package io.millrace.language.plan;

/** When an aggregate sends rows. */
public enum Emission {
  /**
   * A window that closes: one row per group when no event can change it. Without a window: when the
   * inputs have ended.
   */
  FINAL,
  /** An on-demand query: once, of the rows that are there. */
  ANSWER,
  /** A window that closes, also before or behind its last word: see {@link Revisions}. */
  REVISIONS,
  /** A row for every event that a group takes, all {@code +I}. Sliding windows: on arrival. */
  EACH_ROW,
  /** LENGTH_BATCH: as {@link #EACH_ROW}, each row behind the one that it replaces. */
  RETRACTED_ROWS,
  /** Sliding windows: the group that an event leaves, as it is then. */
  EXPIRY,
  /** Sliding windows: {@link #EACH_ROW} and {@link #EXPIRY}. */
  CHANGES,
  /**
   * Windows without aggregates: the rows that enter, as {@code +I}, and those that leave, as {@code
   * -D}; of windows that close with the time at which they leave behind (TIMESTAMP).
   */
  CONTENTS,
  /** As {@link #CONTENTS}, into a stream: a row that leaves is taken back. */
  RETRACTED_CONTENTS,
  /** A window that is looked at now and then: all groups that it has then. */
  LOOKS,
  /** Never: the rows that the window holds are there for those who ask for them. */
  HELD,
  /**
   * As {@link #EACH_ROW} or {@link #REVISIONS}, in sliding windows as {@link #CHANGES}, as changes
   * by key: the input of a table.
   */
  CHANGELOG,
  /**
   * As {@link #FINAL}, of batches of so many rows, as changes by key: the groups of a full one take
   * the place of those of the one before.
   */
  FINAL_CHANGELOG,
  /**
   * Sliding windows: as {@link #CHANGELOG}, with each change by itself, also of the rows that leave
   * for one that enters; the last column (BOOLEAN) says whether a row that enters is the cause.
   */
  MARKED_CHANGELOG
}
