/**
 * Typed expressions to Java. In come {@code RowExpression}s over one input, out come kernels that
 * loop over the columns of a batch: conditions become predicates, results projectors. The compiler
 * of plans calls it.
 *
 * <pre>
 * RowExpression -> Chains (balanced) -> ExpressionAnalysis (weights, repeats)
 *   -> RowCode + ValueWriter (statements for one row) -> PredicateCompiler | ProjectorCompiler (loops) -> KernelSource
 * </pre>
 *
 * <p>All operands of an operation are evaluated, from left to right, before the operation; it is
 * NULL if one of them is. What is conditional (AND, OR, CASE, COALESCE) is evaluated only where its
 * guard lets it.
 */
@NullMarked
package io.millrace.compiler.expression;

import org.jspecify.annotations.NullMarked;
