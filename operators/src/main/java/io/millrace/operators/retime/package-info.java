/**
 * Rows that get the times of a column of their own, in a stream that queries feed: rows come in
 * with the times that the queries give them, and go out with those of the column, and with a
 * watermark that follows from these. Used by the compiler only. State: how far that watermark has
 * come.
 */
@NullMarked
package io.millrace.operators.retime;

import org.jspecify.annotations.NullMarked;
