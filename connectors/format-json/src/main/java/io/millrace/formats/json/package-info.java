/**
 * Rows from and to JSON objects. In come the bytes of one object, out go values in columns, and
 * back, without an object tree in between. Found by ServiceLoader; nobody depends on it.
 *
 * <pre>
 * bytes -> JsonCursor (tokens) -> ValueReader by column -> RowWriter
 * Batch -> ValueWriter by column -> ByteOutput
 * </pre>
 */
@NullMarked
package io.millrace.formats.json;

import org.jspecify.annotations.NullMarked;
