package io.millrace.language.ast;

/** Whether a column is part of the key. */
public enum ColumnKey {
  NONE,
  /** The record key. */
  KEY,
  /** The record key, which names a row of a table. */
  PRIMARY_KEY
}
