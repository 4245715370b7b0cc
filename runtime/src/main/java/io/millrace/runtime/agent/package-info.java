/**
 * Threads: the only place that makes them. Comes in: agents, which do a piece of work when they are
 * asked to; goes out: their end or failure.
 */
@NullMarked
package io.millrace.runtime.agent;

import org.jspecify.annotations.NullMarked;
