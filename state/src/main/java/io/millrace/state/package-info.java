/**
 * The back ends of keyed state and the snapshots. In come declarations of state from operators; out
 * go tables, logs and indexes that they work on, and bytes that hold them. Used by the engine, and
 * by tests of operators.
 *
 * <pre>
 * operator -> StateContext (spi) -> heap: arrays by slot -> codec: column-wise bytes -> snapshot
 * </pre>
 */
@NullMarked
package io.millrace.state;

import org.jspecify.annotations.NullMarked;
