/**
 * Letting each combination of values through once: since the start, in a window, in an emission.
 * State: the combinations seen.
 */
@NullMarked
package io.millrace.operators.distinct;

import org.jspecify.annotations.NullMarked;
