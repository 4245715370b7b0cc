/**
 * Rewrites of plans: equal results, fewer steps. A query's plan comes in from analysis, a plan of
 * the same schema goes out to the compiler. One class per rule; no rule moves an expression that
 * may fail before its guard, out of a conditional branch, or away, so that errors never depend on
 * the plan.
 */
@NullMarked
package io.millrace.language.rewrite;

import org.jspecify.annotations.NullMarked;
