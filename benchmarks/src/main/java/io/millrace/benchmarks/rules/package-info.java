/**
 * Many small queries on one stream, alike but for a constant. In come generated readings; out goes
 * a table of how long deploying takes and how many readings a second pass all filters. Nothing may
 * depend on it.
 */
@NullMarked
package io.millrace.benchmarks.rules;

import org.jspecify.annotations.NullMarked;
