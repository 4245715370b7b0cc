package io.millrace.spi.function;

import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the accumulators of an aggregate are saved.
 *
 * @param type their class
 * @param components those of a record; empty if there is a codec
 * @param codec of any other class; null for a record
 */
public record AggregateState(
    Class<?> type, List<Component> components, @Nullable StateCodec<?> codec) {
  public AggregateState {
    components = List.copyOf(components);
  }

  /**
   * A component of a record.
   *
   * @param type whose boxed internal form it has; that of a decimal may have any scale
   * @param javaType its Java type as it is written
   */
  public record Component(String name, DataType type, String javaType, Method accessor) {}

  /** What a snapshot says of it: state that says something else does not fit. */
  public String text() {
    if (codec != null) {
      return "by codec";
    }
    List<String> parts =
        components.stream().map(part -> part.javaType() + " " + part.name()).toList();
    return "{" + String.join(", ", parts) + "}";
  }
}
