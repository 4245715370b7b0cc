/**
 * Rows in columns. In come decoded or computed values; out go batches of primitive arrays with null
 * bits, event times, positions and kinds of change. Every module may use it.
 */
@NullMarked
package io.millrace.spi.data;

import org.jspecify.annotations.NullMarked;
