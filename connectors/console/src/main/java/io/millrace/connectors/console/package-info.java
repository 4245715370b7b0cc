/**
 * Writes rows to the terminal. In come batches, out go aligned rows for people, or records of a
 * format, one per line. Found by ServiceLoader; nobody depends on it.
 */
@NullMarked
package io.millrace.connectors.console;

import org.jspecify.annotations.NullMarked;
