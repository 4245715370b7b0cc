/**
 * Filtering and projecting rows, with compiled predicates and projectors. In come batches, out go
 * fewer rows or other columns at the same positions. No state.
 */
@NullMarked
package io.millrace.operators.filter;

import org.jspecify.annotations.NullMarked;
