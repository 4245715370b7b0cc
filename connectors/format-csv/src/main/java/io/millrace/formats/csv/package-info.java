/** Rows from and to comma-separated values. */
@NullMarked
package io.millrace.formats.csv;

import org.jspecify.annotations.NullMarked;
