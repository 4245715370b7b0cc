package io.millrace.language.ast;

/** One method per kind of DataTypeName, without defaults. */
public interface DataTypeNameVisitor<R> {
  R visitSimpleTypeName(SimpleTypeName type);

  R visitArrayTypeName(ArrayTypeName type);

  R visitMapTypeName(MapTypeName type);

  R visitStructTypeName(StructTypeName type);
}
