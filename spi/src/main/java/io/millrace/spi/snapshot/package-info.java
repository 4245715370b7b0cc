/**
 * Snapshots of jobs and where they are kept. Comes in: the sections of a snapshot, each written by
 * whoever owns its bytes; goes out: the same bytes after a restart, checked. Implemented by the
 * state module and used by the runtime; a store for another kind of storage implements {@link
 * io.millrace.spi.snapshot.SnapshotStore}.
 */
@NullMarked
package io.millrace.spi.snapshot;

import org.jspecify.annotations.NullMarked;
