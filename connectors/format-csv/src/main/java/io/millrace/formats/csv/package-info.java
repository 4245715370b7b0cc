/**
 * Rows from and to comma-separated values (RFC 4180). In come the bytes of one record, out go
 * values in the columns that the header names, and back. Found by ServiceLoader; nobody depends on
 * it.
 */
@NullMarked
package io.millrace.formats.csv;

import org.jspecify.annotations.NullMarked;
