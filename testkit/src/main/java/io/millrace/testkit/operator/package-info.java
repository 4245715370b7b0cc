/**
 * Runs an operator without a runtime. In come timed rows and what they should lead to; out go
 * assertions that hold for every cut of the input and across saved and restored state. Used by the
 * tests of operators.
 *
 * <pre>
 * OperatorHarness -> HarnessStep... -> HarnessRun (one per HarnessMode) -> HarnessResult
 * </pre>
 */
@NullMarked
package io.millrace.testkit.operator;

import org.jspecify.annotations.NullMarked;
