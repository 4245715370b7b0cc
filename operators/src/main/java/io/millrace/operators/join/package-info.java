/**
 * Joins: rows of two inputs that belong together become one. State: the rows that may still meet
 * others, by key.
 */
@NullMarked
package io.millrace.operators.join;

import org.jspecify.annotations.NullMarked;
