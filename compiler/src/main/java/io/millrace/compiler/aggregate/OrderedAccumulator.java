package io.millrace.compiler.aggregate;

/**
 * An accumulator in which the order of rows matters: that of their times, equal times by their
 * causes. Unless rows go in this order, it reads both; where groups become one, its fields hold
 * what decides between them.
 */
interface OrderedAccumulator extends Accumulator {}
