package io.millrace.operators.analytic;

/**
 * A row that waits.
 *
 * @param partition the number of its partition
 * @param time in the order of the partition
 * @param number in the order in which rows came
 */
record HeldRow(int partition, long time, long number) {}
