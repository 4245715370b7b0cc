/**
 * What it costs to put rows in order. In come generated rows of which some are late by less than
 * the slack; out goes a table of how many rows a second pass a sorting buffer. Nothing may depend
 * on it.
 */
@NullMarked
package io.millrace.benchmarks.disorder;

import org.jspecify.annotations.NullMarked;
