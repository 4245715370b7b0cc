/**
 * Runs operator graphs. Comes in: the graph of a job, rows of its sources; goes out: rows of its
 * streams, counts, failures. The engine drives it; it knows operators by their contract only and no
 * language.
 *
 * <pre>
 *   Source --> SourceRunner --> EntryPort --(a turn)--> Circuit: operators --> JobListener
 *              (a thread)       (columns,               (one thread at a time)
 *                               watermark)
 * </pre>
 */
@NullMarked
package io.millrace.runtime;

import org.jspecify.annotations.NullMarked;
