/**
 * Reads and writes files and folders. In come records, told apart as their format says, decoded
 * where they lie in a large block; out go encoded rows into one file or a file per value. Found by
 * ServiceLoader; nobody depends on it.
 *
 * <pre>
 * InputFiles (which files) -> RecordReader (which bytes) -> Decoder -> RowWriter
 * Batch -> Encoder -> PathTemplate (which file) -> OutputFiles -> OutputFile
 * </pre>
 */
@NullMarked
package io.millrace.connectors.file;

import org.jspecify.annotations.NullMarked;
