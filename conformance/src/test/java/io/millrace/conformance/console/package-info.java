/**
 * What a script prints. In come scripts with several streams on the console, out go the lines. Only
 * tests use it.
 */
@NullMarked
package io.millrace.conformance.console;

import org.jspecify.annotations.NullMarked;
