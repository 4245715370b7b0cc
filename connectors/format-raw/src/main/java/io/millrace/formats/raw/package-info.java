/**
 * Rows of one column from and to bytes as they are. In come the bytes of a record, out goes one
 * STRING or BYTES value, and back. Found by ServiceLoader; nobody depends on it.
 */
@NullMarked
package io.millrace.formats.raw;

import org.jspecify.annotations.NullMarked;
