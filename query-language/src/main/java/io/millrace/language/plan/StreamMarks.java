package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;

/**
 * {@code WATERMARK ON (condition) [MARK column]}: the marks among a stream's rows.
 *
 * @param number the number of the mark that a row is, a BIGINT over the stream's columns; NULL if
 *     it is none
 * @param isCounted whether marks have no numbers of their own, so that the number says nothing but
 *     that there is one
 */
public record StreamMarks(RowExpression number, boolean isCounted) {}
