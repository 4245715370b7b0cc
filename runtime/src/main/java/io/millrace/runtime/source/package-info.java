/**
 * The way of rows from sources into the circuit: staging of decoded rows in columns, the choice of
 * the input that is taken next, and what becomes of bad records. Comes in: open sources; goes out:
 * turns of the circuit.
 */
@NullMarked
package io.millrace.runtime.source;

import org.jspecify.annotations.NullMarked;
