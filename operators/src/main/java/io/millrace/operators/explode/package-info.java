/**
 * Lists into rows. In comes a row with arrays, out goes a row per element at the same position. No
 * state.
 */
@NullMarked
package io.millrace.operators.explode;

import org.jspecify.annotations.NullMarked;
