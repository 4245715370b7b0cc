package io.millrace.spi.function;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A parameter of the Java method of a function.
 *
 * @param role what it receives
 * @param carrier its class; of a repeated one, that of the elements of its array
 * @param nullable whether it receives null for NULL; else the call is NULL without calling the
 *     method
 * @param repeated whether it is the array of all remaining arguments
 * @param preparedBy the static method that makes the object to be passed: of the argument (see
 *     {@link Prepared}; NULL is never given to it) or of a type (see {@link PreparedForType})
 * @param argument for {@link Role#ARGUMENT} and {@link Role#TYPE} the index of the SQL argument
 *     from 0; -1 for the type of the result
 */
public record FunctionParameter(
    Role role,
    Class<?> carrier,
    boolean nullable,
    boolean repeated,
    Optional<Method> preparedBy,
    int argument) {

  /** What a parameter of a method receives. */
  public enum Role {
    /** The {@link EvaluationContext}. */
    CONTEXT,
    /** An argument of the call, or what was prepared of it. */
    ARGUMENT,
    /**
     * What {@code preparedBy} makes of the {@link io.millrace.spi.types.DataType} of an argument or
     * the result: the same object in all calls of one place.
     */
    TYPE
  }
}
