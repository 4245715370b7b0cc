/**
 * How fast compiled kernels are beside loops written by hand. In come generated rows, out go
 * nanoseconds per row. Nobody depends on it.
 */
@NullMarked
package io.millrace.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
