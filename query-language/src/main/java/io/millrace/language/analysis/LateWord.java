package io.millrace.language.analysis;

/** Where a query that finds rows late may say itself what becomes of them. */
enum LateWord {
  /** Behind the WINDOW of the source. */
  BEHIND_WINDOW("behind the WINDOW"),
  /** Behind the source of a join WITHIN a time. */
  BEHIND_SOURCE("behind the side of the join"),
  /** Behind the source of a query with OVER and without a window. */
  BEHIND_STREAM("behind the source"),
  /** Behind a pattern, for all of its streams. */
  BEHIND_PATTERN("behind the PATTERN"),
  /** Nowhere: where a sequence is restored, and where streams are aligned. */
  NOWHERE("");

  private final String place;

  LateWord(String place) {
    this.place = place;
  }

  /** Words of a hint, with a conjunction before them; none where nothing can be said. */
  String hint(String conjunction, String words) {
    return this == NOWHERE ? "" : conjunction + "say " + words + " " + place;
  }
}
