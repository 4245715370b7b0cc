/**
 * Windows: assigners (pure arithmetic on time), the stores of what is in a window, and the
 * operators that aggregate it. A new kind of window is a new assigner or eviction policy. Limits on
 * the rows that a query sends are here too: their intervals are windows of its output.
 */
@NullMarked
package io.millrace.operators.window;

import org.jspecify.annotations.NullMarked;
