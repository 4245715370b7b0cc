package io.millrace.spi.types;

/**
 * One method per kind of type, so that a new kind makes the compiler list every place that must say
 * something.
 */
public interface DataTypeVisitor<R> {
  R visitSimple(DataType.Simple type);

  R visitDecimal(DataType.Decimal type);

  R visitArray(DataType.Array type);

  R visitMap(DataType.MapOf type);

  R visitStruct(DataType.StructOf type);
}
