package io.millrace.spi.state;

import io.millrace.spi.types.DataType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How one field of state lies in memory and in a snapshot: a value of an SQL type, or an object
 * with a codec of its own.
 *
 * @param name unique in its state
 * @param type the SQL type whose internal form it holds; null for an object with a codec
 * @param codec writes and reads the object; null for an SQL type
 * @param number of which keys it holds the numbers; null if it holds none
 * @param isLater whether state was saved without it at first, which is as if it held 0, false or
 *     null
 */
public record StateType(
    String name,
    @Nullable DataType type,
    @Nullable StateCodec<?> codec,
    @Nullable KeyNumber number,
    boolean isLater) {
  public StateType {
    Objects.requireNonNull(name);
    if ((type == null) == (codec == null)) {
      throw new IllegalArgumentException("state '" + name + "' needs a type or a codec");
    }
  }

  public static StateType of(String name, DataType type) {
    return new StateType(name, type, null, null, false);
  }

  public static StateType object(String name, StateCodec<?> codec) {
    return new StateType(name, null, codec, null, false);
  }

  /** A field that holds numbers of keys: a BIGINT. */
  public static StateType of(String name, KeyNumber number) {
    return new StateType(name, DataType.BIGINT, null, number, false);
  }

  /** The same under another name. */
  public StateType named(String other) {
    return new StateType(other, type, codec, number, isLater);
  }

  /** The same, which state was saved without at first. */
  public StateType later() {
    return new StateType(name, type, codec, number, true);
  }
}
