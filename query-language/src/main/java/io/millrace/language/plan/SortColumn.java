package io.millrace.language.plan;

/**
 * A column that rows are sorted by.
 *
 * @param column its index
 * @param isDescending whether the greatest comes first
 * @param nullsFirst whether NULL comes before all values
 */
public record SortColumn(int column, boolean isDescending, boolean nullsFirst) {}
