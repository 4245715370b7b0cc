package io.millrace.language.analysis;

import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.TemporalLiteral;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Types literals: the narrowest type that holds a number. */
final class LiteralAnalyzer {
  private final Coercion coercion;

  LiteralAnalyzer(Coercion coercion) {
    this.coercion = coercion;
  }

  RowExpression integer(IntegerLiteral literal, Reporter reporter) {
    BigInteger value = literal.value();
    if (value.bitLength() >= Long.SIZE) {
      return decimal(new BigDecimal(value), literal.span(), reporter);
    }
    boolean isInt = value.bitLength() < Integer.SIZE;
    return new Constant(value.longValue(), isInt ? DataType.INT : DataType.BIGINT);
  }

  RowExpression decimal(BigDecimal value, Span span, Reporter reporter) {
    int precision = Math.max(value.precision(), value.scale());
    if (precision > DataType.MAX_PRECISION) {
      return reporter.error(
          "bad-literal",
          span,
          "the number has more than " + DataType.MAX_PRECISION + " digits",
          "write it with an exponent, as in 1e40, for a DOUBLE");
    }
    return new Constant(value, DataType.decimal(precision, value.scale()));
  }

  RowExpression temporal(TemporalLiteral literal) {
    DataType type =
        switch (literal.kind()) {
          case DATE -> DataType.DATE;
          case TIME -> DataType.TIME;
          case TIMESTAMP -> DataType.TIMESTAMP;
        };
    return coercion.temporal(literal.text(), type, literal.span());
  }
}
