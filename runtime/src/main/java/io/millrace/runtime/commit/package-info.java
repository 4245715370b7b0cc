/**
 * How what a job has read and written becomes final. Comes in: a circuit's job, its sources and
 * sinks, a store; goes out: snapshots that are committed together with the output that belongs to
 * them, and after a crash a job that goes on from the last one. Used by the engine.
 *
 * <pre>
 *   between two turns          sinks: end the interval ──┐  operators, sources: capture
 *   (the thread of the rows)   sinks: begin the next     │           │
 *                                                        ▼           ▼
 *   another thread                              store: write, fsync, manifest
 *                                                        │
 *                              authority: commit {output, offsets, pointer}     the one atomic point
 *                                                        │
 *                              staged sinks: apply;  sources: acknowledge;  store: remove old ones
 * </pre>
 */
@NullMarked
package io.millrace.runtime.commit;

import org.jspecify.annotations.NullMarked;
