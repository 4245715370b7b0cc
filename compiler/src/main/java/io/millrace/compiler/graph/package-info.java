/**
 * From the plan of a script to the operator graph of a job: which operators, what code in them, and
 * how rows flow between them. The one place that knows both the plan and the operators.
 */
@NullMarked
package io.millrace.compiler.graph;

import org.jspecify.annotations.NullMarked;
