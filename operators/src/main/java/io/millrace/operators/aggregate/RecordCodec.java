package io.millrace.operators.aggregate;

import io.millrace.spi.function.AggregateState;
import io.millrace.spi.state.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Saves users' accumulators that are records: their components one behind the other. That these are
 * the same as when they were saved is known from the name of the field.
 */
final class RecordCodec implements StateCodec<Object> {
  private final Constructor<?> constructor;
  private final List<Method> accessors;
  private final List<StoredValues> values;

  RecordCodec(AggregateState state) {
    Class<?>[] types =
        state.components().stream()
            .map(component -> component.accessor().getReturnType())
            .toArray(Class<?>[]::new);
    try {
      constructor = state.type().getConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException("no public record: " + state.type(), e);
    }
    accessors = state.components().stream().map(AggregateState.Component::accessor).toList();
    values =
        state.components().stream().map(component -> StoredValues.of(component.type())).toList();
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public void write(Object value, DataOutput out) throws IOException {
    for (int i = 0; i < accessors.size(); i++) {
      values.get(i).writeNullable(component(i, value), out);
    }
  }

  private @Nullable Object component(int index, Object of) {
    try {
      return accessors.get(index).invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(accessors.get(index) + " failed", e);
    }
  }

  @Override
  public Object read(int version, DataInput in) throws IOException {
    @Nullable Object[] components = new @Nullable Object[values.size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = values.get(i).readNullable(in);
    }
    try {
      return constructor.newInstance(components);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constructor + " failed", e);
    }
  }
}
