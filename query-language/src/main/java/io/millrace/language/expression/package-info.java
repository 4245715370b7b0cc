/**
 * Typed expressions over the columns of one input: what analysis makes of the syntax tree, with
 * every name resolved, every operand widened and every call bound to a function. Rewrites change
 * them, the compiler turns them into classes; the conformance evaluator interprets them.
 */
@NullMarked
package io.millrace.language.expression;

import org.jspecify.annotations.NullMarked;
