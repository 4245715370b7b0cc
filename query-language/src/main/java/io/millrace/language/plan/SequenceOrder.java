package io.millrace.language.plan;

import io.millrace.language.expression.RowExpression;
import org.jspecify.annotations.Nullable;

/**
 * {@code ORDER BY column TIMEOUT timeout [SKIP TO …]}: the numbers of a stream's rows.
 *
 * @param column the column of the number
 * @param timeoutMillis how long a gap is waited for
 * @param skip the number up to which all are done, as a row says, or NULL: a BIGINT over the
 *     stream's columns; null if none does
 */
public record SequenceOrder(int column, long timeoutMillis, @Nullable RowExpression skip) {}
