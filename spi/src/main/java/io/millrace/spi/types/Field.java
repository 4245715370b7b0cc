package io.millrace.spi.types;

import java.util.Objects;

/**
 * A named, typed column of a schema or field of a struct. The name keeps the spelling of its
 * declaration.
 */
public record Field(String name, DataType type) {
  public Field {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
  }
}
