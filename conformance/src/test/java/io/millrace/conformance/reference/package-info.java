/**
 * The naive reference evaluator: random queries that say in SQL and, by recomputing everything from
 * the whole history, in plain Java what they mean. Comes in: a seed; goes out: what the engine must
 * give. It shares no code with the engine, neither its parser nor its plans, so that it errs alone.
 */
@NullMarked
package io.millrace.conformance.reference;

import org.jspecify.annotations.NullMarked;
