/** Letting each combination of values through once. State: the combinations seen. */
@NullMarked
package io.millrace.operators.distinct;

import org.jspecify.annotations.NullMarked;
