/**
 * Restoring a sequence: rows that have numbers go on in the order of these. State: the rows that
 * wait for smaller numbers, and the last number that has gone.
 */
@NullMarked
package io.millrace.operators.sequence;

import org.jspecify.annotations.NullMarked;
