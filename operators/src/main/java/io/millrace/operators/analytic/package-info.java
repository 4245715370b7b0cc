/**
 * Analytic functions: rows come in, each goes out with what aggregates of frames around it, and
 * rankings, give for it. Rows of a partition are kept as long as a frame may look at them.
 */
@NullMarked
package io.millrace.operators.analytic;

import org.jspecify.annotations.NullMarked;
