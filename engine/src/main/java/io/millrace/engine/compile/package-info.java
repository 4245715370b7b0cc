/**
 * From the text of a script to what runs: parsing, analysis, rewrites, operator graph,
 * explanations. Comes in: text and what it may use; goes out: a compiled script, or all its errors.
 */
@NullMarked
package io.millrace.engine.compile;

import org.jspecify.annotations.NullMarked;
