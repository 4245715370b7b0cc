package io.millrace.runtime.source;

/**
 * Where the event time of a row of a source comes from.
 *
 * @param column the column that has it, in milliseconds since the epoch; -1 if none is declared
 * @param usesRecordTime whether, without a column, the record's own time counts; else its arrival
 */
public record RowTime(int column, boolean usesRecordTime) {}
