package io.millrace.language.ast;

/** A type as written. */
public sealed interface DataTypeName extends Node
    permits SimpleTypeName, ArrayTypeName, MapTypeName, StructTypeName {

  <R> R accept(DataTypeNameVisitor<R> visitor);
}
