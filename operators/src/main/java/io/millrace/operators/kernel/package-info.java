/**
 * What compiled code implements and operators call: predicates, projectors, aggregate kernels; and
 * how such code is carried in a spec before it is a class. In come columns of a batch, out go
 * selections, columns and state. Operators depend on it, the compiler implements it.
 */
@NullMarked
package io.millrace.operators.kernel;

import org.jspecify.annotations.NullMarked;
