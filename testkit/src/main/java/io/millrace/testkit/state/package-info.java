/**
 * The contract of back ends of state as tests. In comes a back end; out go assertions against a
 * naive model of each kind of state. Extended by the tests of every back end.
 */
@NullMarked
package io.millrace.testkit.state;

import org.jspecify.annotations.NullMarked;
