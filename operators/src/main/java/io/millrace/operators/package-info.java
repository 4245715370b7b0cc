/** The stream algorithms, the kernel interfaces, the function library and the operator graph. */
@NullMarked
package io.millrace.operators;

import org.jspecify.annotations.NullMarked;
