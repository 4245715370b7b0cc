/**
 * Aggregates to Java. In come the aggregates of one query over argument columns, out comes one
 * kernel that updates all of them row by row. The compiler of plans calls it.
 *
 * <pre>
 * AggregateCall -> AggregateTemplate (one per function) -> Accumulators (shared parts of a group's state) -> AggregateWriter -> AggregateProgram
 * </pre>
 *
 * <p>To add an aggregate: write an {@link io.millrace.compiler.aggregate.AggregateTemplate} that
 * says of which accumulators its result is made, enter it in {@link
 * io.millrace.compiler.aggregate.AggregateCompiler}, and, if none of the accumulators will do,
 * write an {@link io.millrace.compiler.aggregate.Accumulator}: its fields, and a few lines of Java
 * for a row that comes and a row that goes.
 */
@NullMarked
package io.millrace.compiler.aggregate;

import org.jspecify.annotations.NullMarked;
