package io.millrace.runtime.commit;

/** How the sections of a job's snapshots are called. */
final class SectionNames {
  /** Where the job stands: {@link Marks}. */
  static final String MARKS = "marks";

  /** The numbers of rows: {@link RowNumbers}. */
  static final String NUMBERS = "numbers";

  /** Before the identity of an operator. */
  static final String OPERATOR = "operator ";

  /** Before the name of a stream whose sink stages its output. */
  static final String SINK = "sink ";

  private SectionNames() {}
}
