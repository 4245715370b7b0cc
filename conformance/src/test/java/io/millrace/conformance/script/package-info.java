/**
 * Runs the corpus of script tests in every way that must make no difference: batch sizes, and
 * snapshots from which a fresh engine goes on. Also tests the runner itself. Test code only;
 * nothing depends on it.
 */
@NullMarked
package io.millrace.conformance.script;

import org.jspecify.annotations.NullMarked;
