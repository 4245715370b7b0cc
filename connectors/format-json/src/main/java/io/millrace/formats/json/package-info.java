/** Rows from and to JSON objects. */
@NullMarked
package io.millrace.formats.json;

import org.jspecify.annotations.NullMarked;
