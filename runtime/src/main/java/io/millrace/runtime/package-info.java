/** Runs an operator graph. */
@NullMarked
package io.millrace.runtime;

import org.jspecify.annotations.NullMarked;
