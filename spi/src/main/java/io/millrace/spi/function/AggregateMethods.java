package io.millrace.spi.function;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * The public static methods of an aggregate.
 *
 * @param retract there if rows can be taken back
 * @param merge there if accumulators can be put together
 * @see AggregateFunction
 */
public record AggregateMethods(
    Method create,
    Method accumulate,
    Optional<Method> retract,
    Optional<Method> merge,
    Method result) {}
