/**
 * Lists into rows. In comes a row with arrays, out goes a row per element at the same position.
 * State: of rows by key that change how many elements each has.
 */
@NullMarked
package io.millrace.operators.explode;

import org.jspecify.annotations.NullMarked;
