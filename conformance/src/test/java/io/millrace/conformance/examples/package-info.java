/**
 * Runs the query files of the examples on their data and compares what they print and write with
 * the expected output beside them. Comes in: the folder of the examples; goes out: test results.
 */
@NullMarked
package io.millrace.conformance.examples;

import org.jspecify.annotations.NullMarked;
