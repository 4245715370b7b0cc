/**
 * Rankings in any order, as changes: rows come in, and go out with their places among those of
 * their partition, as often as these change. Where only the first places are wanted of rows that
 * never leave, only these rows are kept. Functions of the rows around each, in several orders, keep
 * all rows.
 */
@NullMarked
package io.millrace.operators.rank;

import org.jspecify.annotations.NullMarked;
