/** Writes rows to the terminal and reads them from standard input. */
@NullMarked
package io.millrace.connectors.console;

import org.jspecify.annotations.NullMarked;
