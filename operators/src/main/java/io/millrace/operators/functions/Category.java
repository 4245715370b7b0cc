package io.millrace.operators.functions;

/** The headings of the function reference. */
final class Category {
  static final String CONDITIONAL = "conditional";
  static final String STRINGS = "strings";
  static final String REGEX = "regular expressions";
  static final String MASKING = "masking";
  static final String ENCODING = "encodings";
  static final String NUMBERS = "numbers";
  static final String TIME = "time";
  static final String JSON = "JSON";
  static final String COLLECTIONS = "collections";
  static final String HASHING = "hashing";
  static final String URLS = "URLs";
  static final String GEOGRAPHY = "geography";

  /** What the language itself calls for one of its constructs; never shown. */
  static final String HIDDEN = "hidden";

  private Category() {}
}
