/**
 * What the command says to people: rows, a status line, errors. In come texts; out go bytes to
 * standard output and standard error, never mixed within a line. The commands may use it.
 */
@NullMarked
package io.millrace.standalone.terminal;

import org.jspecify.annotations.NullMarked;
