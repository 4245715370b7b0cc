/**
 * Arithmetic, comparison, conversion and access of values in their internal forms. In come values,
 * out come values or row errors. Compiled code, the function library and whoever else computes with
 * values calls it; it depends on types, texts and data only.
 */
@NullMarked
package io.millrace.operators.values;

import org.jspecify.annotations.NullMarked;
