/**
 * The text forms of values, as formats and options share them: numbers, ISO times, Base64. In come
 * characters or values; out go internal values or UTF-8 bytes, without objects in between where a
 * value is primitive. Formats and connectors use it; it knows nothing of either.
 */
@NullMarked
package io.millrace.spi.text;

import org.jspecify.annotations.NullMarked;
