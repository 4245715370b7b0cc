/**
 * Functions as static Java methods with annotations, users' aggregates as classes of them, and the
 * catalog that finds both. Users' functions register in the same way as built-in ones. The language
 * resolves calls against it, the compiler generates direct calls.
 */
@NullMarked
package io.millrace.spi.function;

import org.jspecify.annotations.NullMarked;
