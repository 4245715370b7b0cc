/**
 * Aggregates over groups: everything since the start, and what windows share with it. State: a slot
 * per group with the fields of the compiled aggregates, and objects such as the monotonic deque
 * behind sliding minima. The window package builds on it.
 */
@NullMarked
package io.millrace.operators.aggregate;

import org.jspecify.annotations.NullMarked;
