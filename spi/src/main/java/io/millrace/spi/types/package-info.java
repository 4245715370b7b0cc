/**
 * The types of SQL values and the schemas made of them. Immutable values without behaviour of an
 * engine; everything else builds on them. Every module may use it.
 */
@NullMarked
package io.millrace.spi.types;

import org.jspecify.annotations.NullMarked;
