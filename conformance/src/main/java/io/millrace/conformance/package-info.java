/** Script tests, the reference evaluator and the architecture tests. Not published. */
@NullMarked
package io.millrace.conformance;

import org.jspecify.annotations.NullMarked;
