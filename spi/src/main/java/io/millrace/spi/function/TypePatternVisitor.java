package io.millrace.spi.function;

/** One method per kind of pattern. */
interface TypePatternVisitor<R> {
  R visitExact(TypePattern.Exact pattern);

  R visitVariable(TypePattern.Variable pattern);

  R visitDecimal(TypePattern.DecimalOf pattern);

  R visitArray(TypePattern.ArrayOf pattern);

  R visitMap(TypePattern.MapOf pattern);

  R visitStruct(TypePattern.StructOf pattern);

  R visitAny(TypePattern.Any pattern);

  R visitLambda(TypePattern.LambdaOf pattern);

  R visitFromLiteral(TypePattern.FromLiteral pattern);
}
