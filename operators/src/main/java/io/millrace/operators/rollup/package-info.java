/**
 * Aggregates in buckets of several granularities at once, from seconds to years of a zone's
 * calendar. Rows come in, nothing goes out: whoever wants to know reads the buckets between two
 * turns. What is older than its granularity's retention is forgotten.
 */
@NullMarked
package io.millrace.operators.rollup;

import org.jspecify.annotations.NullMarked;
