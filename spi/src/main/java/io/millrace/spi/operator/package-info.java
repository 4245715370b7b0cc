/**
 * The contract between an operator and whoever runs it. In come batches and progress of time, out
 * go batches; state is obtained from the context. Implemented by the operators module, driven by
 * the runtime, the test harness, or another engine.
 */
@NullMarked
package io.millrace.spi.operator;

import org.jspecify.annotations.NullMarked;
