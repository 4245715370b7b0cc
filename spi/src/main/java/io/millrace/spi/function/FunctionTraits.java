package io.millrace.spi.function;

/**
 * What may be relied upon when a function is called.
 *
 * @param canFail whether it may throw for some arguments
 * @param deterministic whether equal arguments always give equal results
 * @param nullableResult whether the method may return null, which is NULL
 */
public record FunctionTraits(boolean canFail, boolean deterministic, boolean nullableResult) {}
