/**
 * State on the heap: the arrays that operators work on are the state itself. In come declarations
 * and rows; out go slots, columns, and the saved form. The engine makes one back end per operator
 * instance. State in files has the same logs, with pages out of a {@link
 * io.millrace.state.heap.RowMemory} of its own, and the same sort buffers.
 *
 * <pre>
 * keys -> slot -> HeapSlotTable's columns, HeapRowLog's pages
 * </pre>
 */
@NullMarked
package io.millrace.state.heap;

import org.jspecify.annotations.NullMarked;
