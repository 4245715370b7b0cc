package io.millrace.language.parser;

import io.millrace.language.ast.BooleanLiteral;
import io.millrace.language.ast.DecimalLiteral;
import io.millrace.language.ast.DoubleLiteral;
import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.StringLiteral;
import io.millrace.spi.error.Span;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a syntax tree in short: {@code Kind(part, part)} without places, absent parts and what is
 * false; literals and names as they are.
 */
final class TreeText {
  private TreeText() {}

  static String of(Object node) {
    if (node instanceof Identifier identifier) {
      return identifier.isQuoted() ? "`" + identifier.name() + "`" : identifier.name();
    }
    if (node instanceof NameExpression name) {
      return of(name.name());
    }
    if (node instanceof StringLiteral literal) {
      return "'" + literal.value() + "'";
    }
    if (node instanceof IntegerLiteral literal) {
      return literal.value().toString();
    }
    if (node instanceof DecimalLiteral literal) {
      return literal.value().toPlainString();
    }
    if (node instanceof DoubleLiteral literal) {
      return Double.toString(literal.value());
    }
    if (node instanceof BooleanLiteral literal) {
      return Boolean.toString(literal.value());
    }
    if (node instanceof DurationLiteral literal) {
      return literal.value().toString();
    }
    if (node instanceof List<?> list) {
      return "[" + String.join(", ", list.stream().map(TreeText::of).toList()) + "]";
    }
    return node instanceof Record record ? ofRecord(record) : node.toString();
  }

  private static String ofRecord(Record record) {
    List<String> parts = new ArrayList<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = valueOf(record, component);
      boolean isAbsent =
          value == null
              || value instanceof Span
              || Boolean.FALSE.equals(value)
              || value.toString().equals("UNSTATED")
              || value.toString().equals("NONE")
              || (value instanceof List<?> list && list.isEmpty());
      if (!isAbsent) {
        parts.add(Boolean.TRUE.equals(value) ? component.getName() : of(value));
      }
    }
    return record.getClass().getSimpleName() + "(" + String.join(", ", parts) + ")";
  }

  private static Object valueOf(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
