/**
 * State in files, for more of it than the heap holds: files keep the rows of keys that were not
 * asked for lately, with Chronicle Map to find them, arrays those that were, on which operators
 * work as on the heap. In come declarations and rows; out go slots, columns, and the same saved
 * form. The engine makes one {@link io.millrace.state.chronicle.ChronicleState} per job, which
 * makes a back end per operator instance.
 *
 * <pre>
 * keys -> ChronicleSlotTable -> HotRows: columns by slot
 *                            -> ColdRows -> CellMap: numbers by key, in Chronicle Maps
 *                                        -> RecordFile: rows by number
 * rows -> HeapRowLog -> FilePages: pages in memory
 *                       -> PageFile: the others, in a file of the log
 * </pre>
 */
@NullMarked
package io.millrace.state.chronicle;

import org.jspecify.annotations.NullMarked;
