/**
 * What it costs to take state out for a snapshot: how long rows wait, and what another thread does
 * then. In come sizes; out goes a table.
 */
@NullMarked
package io.millrace.benchmarks.captures;

import org.jspecify.annotations.NullMarked;
