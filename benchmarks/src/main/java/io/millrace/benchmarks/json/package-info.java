/**
 * What JSON costs by itself, without an engine. In come generated events as lines; out goes a table
 * of events a second for decoding, encoding, both, and Jackson alone on the same bytes. Started by
 * hand: {@link io.millrace.benchmarks.json.JsonBenchmark}.
 */
@NullMarked
package io.millrace.benchmarks.json;

import org.jspecify.annotations.NullMarked;
