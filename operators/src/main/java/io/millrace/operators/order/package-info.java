/**
 * Sorting and cutting emissions: rows come in that belong together, those that are wanted go out in
 * the order that is wanted. Kept for the time of a turn only.
 */
@NullMarked
package io.millrace.operators.order;

import org.jspecify.annotations.NullMarked;
