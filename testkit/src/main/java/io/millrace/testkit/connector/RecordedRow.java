package io.millrace.testkit.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as a source or a decoder wrote it.
 *
 * @param values the boxed internal values, null for NULL
 * @param deletion whether it was ended as a deletion
 * @param origin what names its record
 * @param recordTime the time of its record, or {@link io.millrace.spi.connector.RowWriter#NO_TIME}
 * @param metadata the values of the pseudo-columns, as far as they were set
 */
public record RecordedRow(
    List<@Nullable Object> values,
    boolean deletion,
    String origin,
    long recordTime,
    List<@Nullable Object> metadata) {}
