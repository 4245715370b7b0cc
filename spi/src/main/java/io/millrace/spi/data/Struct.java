package io.millrace.spi.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The internal form of a STRUCT: the boxed internal values of its fields, in the order of its type.
 * Immutable, equal by content.
 */
public final class Struct {
  private final @Nullable Object[] values;

  private Struct(@Nullable Object[] values) {
    this.values = values;
  }

  /** Takes the array over: the caller must not change it any more. */
  public static Struct of(@Nullable Object... values) {
    return new Struct(values);
  }

  public int size() {
    return values.length;
  }

  public @Nullable Object get(int field) {
    return values[field];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Struct struct && Arrays.equals(values, struct.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
