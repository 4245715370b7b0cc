/**
 * What slot tables are made of, wherever they lie. In come the keys of rows; out go slots, and what
 * is captured of a table and of panes. Used by the back ends; knows none of them.
 *
 * <pre>
 * keys -> SlotIndex -> slot -> KeyMatch with SlotColumns
 * </pre>
 */
@NullMarked
package io.millrace.state.table;

import org.jspecify.annotations.NullMarked;
