/**
 * Errors for people. In come positions in a text and messages; out come diagnostics, drawn with a
 * caret by the one renderer, and the exceptions that carry them. Every module may use it.
 */
@NullMarked
package io.millrace.spi.error;

import org.jspecify.annotations.NullMarked;
