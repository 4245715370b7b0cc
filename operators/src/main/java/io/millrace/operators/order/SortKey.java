package io.millrace.operators.order;

/**
 * A column that rows are sorted by.
 *
 * @param column its index
 * @param isDescending whether the greatest comes first
 * @param nullsFirst whether NULL comes before all values
 */
public record SortKey(int column, boolean isDescending, boolean nullsFirst) {}
