package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.util.List;

/** {@code STRUCT<name type, …>}, {@code ROW<…>} too. */
public record StructTypeName(List<StructFieldName> fields, Span span) implements DataTypeName {

  public StructTypeName {
    fields = List.copyOf(fields);
  }

  @Override
  public <R> R accept(DataTypeNameVisitor<R> visitor) {
    return visitor.visitStructTypeName(this);
  }
}
