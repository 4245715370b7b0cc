/** Rows of one column from and to bytes as they are. */
@NullMarked
package io.millrace.formats.raw;

import org.jspecify.annotations.NullMarked;
