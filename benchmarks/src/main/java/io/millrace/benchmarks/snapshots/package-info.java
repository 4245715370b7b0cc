/**
 * What snapshots cost a job that runs, and how long it takes to go on from one. In come sizes of
 * state; out go tables, and the plot of the documentation.
 */
@NullMarked
package io.millrace.benchmarks.snapshots;

import org.jspecify.annotations.NullMarked;
