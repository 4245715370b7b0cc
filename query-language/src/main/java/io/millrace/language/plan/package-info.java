/**
 * The typed logical plan of a script: declared streams, and for each query a tree of nodes with
 * schemas. Analysis makes it, rewrites improve it, the compiler turns it into an operator graph.
 * Nothing here knows an operator or a thread.
 */
@NullMarked
package io.millrace.language.plan;

import org.jspecify.annotations.NullMarked;
