/** Spreading rows over tasks without a key. */
@NullMarked
package io.millrace.operators.spread;

import org.jspecify.annotations.NullMarked;
