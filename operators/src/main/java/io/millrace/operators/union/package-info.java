/**
 * Bringing rows of several inputs together in the order of their keys. State is kept for a turn
 * only.
 */
@NullMarked
package io.millrace.operators.union;

import org.jspecify.annotations.NullMarked;
