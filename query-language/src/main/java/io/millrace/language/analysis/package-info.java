/**
 * From syntax to meaning. A script's syntax tree and a catalog of what it may use come in; names
 * are resolved, types found, options checked, and a typed plan goes out, or every error of the
 * script at once. Whoever deploys scripts or asks queries may depend on {@link Analyzer}, {@link
 * AnalysisCatalog} and {@link UnsupportedFeature}; all else stays here.
 *
 * <pre>
 * statement -- StatementAnalyzer -- DeclarationAnalyzer, OptionsAnalyzer   (streams, options)
 *     query -- QueryAnalyzer ------ RelationAnalyzer                      (FROM, windows)
 *                                   SelectAnalyzer, GroupingAnalyzer      (columns, aggregates)
 *                                     ExpressionAnalyzer, CallAnalyzer    (names, types, calls)
 *    script -- ScriptCompletion                                           (order, sorting, cycles)
 * </pre>
 */
@NullMarked
package io.millrace.language.analysis;

import org.jspecify.annotations.NullMarked;
