/**
 * Snapshots in a folder of files. In come sections of bytes from the runtime; out go data files and
 * manifests that survive the end of the machine, and the same bytes again, checked. Used by the
 * engine, through the contract in {@link io.millrace.spi.snapshot}.
 *
 * <pre>
 * writeFull, writeChanges -> DataFile -> BlockWriter (blocks, sealed) -> &lt;sha256&gt;.data
 * finish                  -> ManifestText ----------------------------> snapshot-&lt;id&gt;.manifest
 * read                    <- PartInput <- BlockReader (blocks, checked) <-'
 * </pre>
 *
 * <p>docs/decisions/0006-snapshot-store.md describes the files.
 */
@NullMarked
package io.millrace.state.store;

import org.jspecify.annotations.NullMarked;
