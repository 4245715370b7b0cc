/**
 * Temporal patterns: events of streams that follow each other become one row. A {@link
 * io.millrace.operators.pattern.PatternProgram} says what is waited for; state: the attempts to
 * fulfil it, by key, each with what is kept of the events that it has taken.
 *
 * <pre>
 * event ──► Offers: which variables it fits ──► attempts that wait for one ──► Matcher: what the
 *           attempt waits for then ──► matched: a row · failed: begins again · else: kept
 * </pre>
 */
@NullMarked
package io.millrace.operators.pattern;

import org.jspecify.annotations.NullMarked;
