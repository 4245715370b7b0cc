/**
 * Text to syntax tree, or to diagnostics. In comes a source text with values for its variables; out
 * comes a {@link io.millrace.language.ast.Script}, and every syntax error of the text at once.
 * Analysis and the engine use {@link io.millrace.language.parser.ScriptParser} alone.
 *
 * <pre>
 * SourceText -> ExpandedText -> StatementReader -> NestingLimit -> StatementParser -> builders -> Script
 *               ${variables}    tokens up to ;     depth           grammar            records
 *                                                                     |
 *                                                  SyntaxErrorFinder, SyntaxErrorReporter -> Diagnostics
 * </pre>
 */
@NullMarked
package io.millrace.language.parser;

import org.jspecify.annotations.NullMarked;
