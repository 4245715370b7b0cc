/**
 * The operator graph: what the compiler makes of a plan and the runtime runs. Immutable and
 * serializable in principle: nodes carry specs, and specs carry generated code as text. Knows
 * neither language nor threads.
 */
@NullMarked
package io.millrace.operators.graph;

import org.jspecify.annotations.NullMarked;
