/**
 * What JSON costs, without an engine and from file to file. In come generated events as lines; out
 * go tables of events a second for decoding, encoding, both, Jackson alone on the same bytes, and
 * whole jobs. Nothing may depend on it.
 */
@NullMarked
package io.millrace.benchmarks.json;

import org.jspecify.annotations.NullMarked;
