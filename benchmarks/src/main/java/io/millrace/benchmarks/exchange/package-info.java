/**
 * What an exchange between two tasks costs: batches scattered by key into columns of their own,
 * handed over a queue, recycled. A prototype that measures the contract; the runtime has no
 * exchange yet. Nothing may depend on it.
 */
@NullMarked
package io.millrace.benchmarks.exchange;

import org.jspecify.annotations.NullMarked;
