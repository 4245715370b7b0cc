package io.millrace.language.analysis;

import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.util.Optional;

/**
 * Reports errors, and gives what stands for an expression that has one: a value that every other
 * expression takes without a further error.
 */
final class Reporter {
  /** The place of an expression that has been reported. */
  private static final Constant FAULTY = new Constant("faulty", DataType.NULL);

  private final Diagnostics diagnostics;

  Reporter(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** What stands for an expression whose error has been reported already. */
  static RowExpression faulty() {
    return FAULTY;
  }

  static boolean isFaulty(RowExpression expression) {
    return expression.equals(FAULTY);
  }

  /** Whether the type, or one that it is made of, is that of NULL: of an error, or not known. */
  static boolean isUnknown(DataType type) {
    if (type instanceof DataType.Array array) {
      return isUnknown(array.element());
    }
    if (type instanceof DataType.MapOf map) {
      return isUnknown(map.key()) || isUnknown(map.value());
    }
    if (type instanceof DataType.StructOf struct) {
      return struct.fields().stream().anyMatch(field -> isUnknown(field.type()));
    }
    return type == DataType.NULL;
  }

  RowExpression error(String code, Span span, String message) {
    diagnostics.report(code, span, message);
    return FAULTY;
  }

  RowExpression error(String code, Span span, String message, String hint) {
    diagnostics.report(code, span, message, hint);
    return FAULTY;
  }

  RowExpression error(String code, Span span, String message, Optional<String> hint) {
    return hint.isPresent() ? error(code, span, message, hint.get()) : error(code, span, message);
  }

  RowExpression unsupported(UnsupportedFeature feature, Span span) {
    return error("not-supported", span, feature.description() + " is not supported yet");
  }

  RowExpression unsupported(UnsupportedFeature feature, Span span, String hint) {
    return error("not-supported", span, feature.description() + " is not supported yet", hint);
  }

  boolean hasErrors() {
    return !diagnostics.isEmpty();
  }

  int errorCount() {
    return diagnostics.size();
  }
}
