/**
 * The function library as queries see it: every example of every function, through parser,
 * analysis, rewrites and compiled code. In comes the catalog of the built-in functions. Only tests
 * use it.
 */
@NullMarked
package io.millrace.conformance.functions;

import org.jspecify.annotations.NullMarked;
