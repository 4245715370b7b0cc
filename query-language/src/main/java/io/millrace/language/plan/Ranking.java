package io.millrace.language.plan;

/** What says where a row comes in the order of its partition. */
public enum Ranking {
  /** How many rows there are up to it. */
  ROW_NUMBER("row_number"),
  /** One more than there are rows before those that are equal in order. */
  RANK("rank"),
  /** How many different places there are up to it. */
  DENSE_RANK("dense_rank");

  private final String sqlName;

  Ranking(String sqlName) {
    this.sqlName = sqlName;
  }

  public String sqlName() {
    return sqlName;
  }
}
