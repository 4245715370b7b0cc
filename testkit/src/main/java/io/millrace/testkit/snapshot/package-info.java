/**
 * The contract of snapshot stores as tests, and a store in memory for tests of whoever uses one. In
 * comes a store; out go assertions. Extended by the tests of every store.
 */
@NullMarked
package io.millrace.testkit.snapshot;

import org.jspecify.annotations.NullMarked;
