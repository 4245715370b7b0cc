/** Logical plan to operator graph, expressions to classes. */
@NullMarked
package io.millrace.compiler;

import org.jspecify.annotations.NullMarked;
