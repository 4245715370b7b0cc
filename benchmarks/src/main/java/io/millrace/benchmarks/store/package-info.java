/**
 * How fast snapshots are written to a folder and read again. In come an amount and a folder; out
 * goes a table. Nothing may depend on it.
 */
@NullMarked
package io.millrace.benchmarks.store;

import org.jspecify.annotations.NullMarked;
