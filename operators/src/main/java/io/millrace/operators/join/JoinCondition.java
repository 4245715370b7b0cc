package io.millrace.operators.join;

import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.kernel.RowPredicate;

/**
 * What must hold of two rows beside the equality of their keys.
 *
 * @param predicate over the row that they become
 * @param text for people
 */
public record JoinCondition(KernelSource<RowPredicate> predicate, String text) {}
