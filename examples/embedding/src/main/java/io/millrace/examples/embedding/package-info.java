/**
 * A program that embeds the engine. In come payments as records, out go alarms and the answer of a
 * query, printed. Nobody depends on it.
 */
@NullMarked
package io.millrace.examples.embedding;

import org.jspecify.annotations.NullMarked;
