package io.millrace.operators.kernel;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generated code before it is a class: the shape and what differs from query to query of that
 * shape. Queries with equal {@code body} share one class.
 *
 * @param type the kernel interface that the class implements
 * @param body the members of the class in Java; constant {@code i} is read from the field {@code
 *     c<i>}, which the loader declares with the type {@code constantTypes.get(i)} and sets; the
 *     evaluation context from the field {@code context}
 * @param constantTypes the Java types of the constants, such as {@code double}, {@code
 *     java.lang.String}
 * @param constants their values, boxed
 */
public record KernelSource<T>(
    Class<T> type, String body, List<String> constantTypes, List<@Nullable Object> constants) {
  public KernelSource {
    constantTypes = List.copyOf(constantTypes);
    constants = Collections.unmodifiableList(constants);
  }
}
