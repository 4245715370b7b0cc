/**
 * The syntax tree of a script: immutable records in sealed families, each with its place in the
 * text. The parser makes it, analysis reads it; names are not resolved and types not known. A kind
 * of node is added as a record here, a method of its family's visitor, a grammar rule and a method
 * of a builder in {@code io.millrace.language.parser}.
 */
@NullMarked
package io.millrace.language.ast;

import org.jspecify.annotations.NullMarked;
