/** Operator harness, virtual clock and contract tests for authors of plug-ins. */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
