/**
 * A world of sources, sinks and a store that outlives its engines and can lose its power at any
 * step: what tests of recovery run in.
 */
@NullMarked
package io.millrace.engine.fault;

import org.jspecify.annotations.NullMarked;
