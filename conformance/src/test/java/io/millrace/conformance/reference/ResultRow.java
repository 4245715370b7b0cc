package io.millrace.conformance.reference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result: integers as Long; a time that is not defined is {@link #ANY_TIME}. Behind the
 * values of one that deletes others stands {@link #DELETION}, of one that is replaced {@link
 * #REPLACED}.
 */
record ResultRow(long time, List<@Nullable Object> values) {
  static final long ANY_TIME = Long.MIN_VALUE;
  static final String DELETION = "-D";
  static final String REPLACED = "-U";
}
