/**
 * Aligning the inputs of a query by the marks in them: what comes behind a mark is held until all
 * other inputs have given it. State: the rows that are held, and how far the others' marks have
 * come.
 */
@NullMarked
package io.millrace.operators.align;

import org.jspecify.annotations.NullMarked;
