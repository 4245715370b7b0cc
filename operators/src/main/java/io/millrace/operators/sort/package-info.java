/**
 * Putting rows in the order of their event times, as far as the watermark allows. State: the rows
 * that wait.
 */
@NullMarked
package io.millrace.operators.sort;

import org.jspecify.annotations.NullMarked;
