package io.millrace.spi.function;

import io.millrace.spi.data.Bytes;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out how the accumulators of an aggregate are saved. */
final class AggregateStates {
  private static final Map<Class<?>, DataType> TYPES =
      Map.of(
          long.class, DataType.BIGINT,
          Long.class, DataType.BIGINT,
          double.class, DataType.DOUBLE,
          Double.class, DataType.DOUBLE,
          boolean.class, DataType.BOOLEAN,
          Boolean.class, DataType.BOOLEAN,
          String.class, DataType.STRING,
          Bytes.class, DataType.BYTES,
          BigDecimal.class, DataType.decimal(DataType.MAX_PRECISION, 0));

  private AggregateStates() {}

  static AggregateState of(Class<?> aggregate, Class<?> accumulator) {
    Optional<Method> codec = codec(aggregate);
    if (codec.isPresent()) {
      return new AggregateState(accumulator, List.of(), call(aggregate, codec.get()));
    }
    RecordComponent[] components = accumulator.getRecordComponents();
    if (components == null) {
      throw AggregateRegistration.refused(
          aggregate,
          accumulator.getSimpleName()
              + " is no record: a public static method 'codec' must say how it is saved");
    }
    List<AggregateState.Component> parts = new ArrayList<>();
    for (RecordComponent component : components) {
      Type type = component.getGenericType();
      parts.add(
          new AggregateState.Component(
              component.getName(),
              type(type).orElseThrow(() -> unknown(aggregate, component)),
              text(type),
              component.getAccessor()));
    }
    return new AggregateState(accumulator, parts, null);
  }

  private static RuntimeException unknown(Class<?> aggregate, RecordComponent component) {
    return AggregateRegistration.refused(
        aggregate,
        "component '"
            + component.getName()
            + "' of its accumulator is "
            + text(component.getGenericType())
            + ": a record holds long, double, boolean, String, BigDecimal, Bytes, lists and maps"
            + " of them; for anything else a public static method 'codec' says how it is saved");
  }

  private static Optional<DataType> type(Type type) {
    if (type instanceof Class<?> simple) {
      return Optional.ofNullable(TYPES.get(simple));
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return type(arguments[0]).map(DataType::array);
      }
      if (generic.getRawType() == Map.class) {
        return type(arguments[0])
            .flatMap(key -> type(arguments[1]).map(value -> DataType.map(key, value)));
      }
    }
    return Optional.empty();
  }

  private static String text(Type type) {
    if (type instanceof ParameterizedType generic) {
      List<String> arguments = new ArrayList<>();
      for (Type argument : generic.getActualTypeArguments()) {
        arguments.add(text(argument));
      }
      return text(generic.getRawType()) + "<" + String.join(", ", arguments) + ">";
    }
    return type instanceof Class<?> simple ? simple.getSimpleName() : type.getTypeName();
  }

  private static Optional<Method> codec(Class<?> aggregate) {
    try {
      return Optional.of(aggregate.getMethod("codec"));
    } catch (NoSuchMethodException e) {
      for (Method method : aggregate.getDeclaredMethods()) {
        if (method.getName().equals("codec") && method.getParameterCount() == 0) {
          throw AggregateRegistration.refused(
              aggregate, "method 'codec' must be public and static");
        }
      }
      return Optional.empty();
    }
  }

  private static StateCodec<?> call(Class<?> aggregate, Method method) {
    try {
      if (Modifier.isStatic(method.getModifiers())
          && method.invoke(null) instanceof StateCodec<?> codec
          && codec.version() > 0) {
        return codec;
      }
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw AggregateRegistration.refused(aggregate, "'codec' failed: " + e);
    }
    throw AggregateRegistration.refused(
        aggregate, "'codec' must be static and give a StateCodec of a version from 1 on");
  }
}
