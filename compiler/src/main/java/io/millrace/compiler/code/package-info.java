/**
 * Writing Java text: lines with indentation, constants that become fields, Java names of SQL types.
 * In come pieces of code, out goes the body of a kernel. The generators of expressions and
 * aggregates use it, nobody else.
 */
@NullMarked
package io.millrace.compiler.code;

import org.jspecify.annotations.NullMarked;
