package io.millrace.language.analysis;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Widening;
import java.util.Optional;

/** What an argument of an aggregate may be. */
enum AggregateParameter {
  /** A literal NULL too, since it is not looked at. */
  ANY("any value"),
  VALUE("values of a known type"),
  ORDERED("values that have an order"),
  NUMBER("numbers"),
  SUMMABLE("numbers"),
  TEXT("text"),
  CONDITION("conditions");

  private final String description;

  AggregateParameter(String description) {
    this.description = description;
  }

  /** What it is, for a message. */
  String description() {
    return description;
  }

  boolean takes(DataType type) {
    return switch (this) {
      case ANY -> true;
      case VALUE -> !Reporter.isUnknown(type);
      case ORDERED -> OperatorAnalyzer.hasOrder(type) && !Reporter.isUnknown(type);
      case NUMBER -> Widening.isNumeric(type);
      case SUMMABLE -> Widening.isNumeric(type) || type == DataType.INTERVAL;
      case TEXT -> type == DataType.STRING;
      case CONDITION -> type == DataType.BOOLEAN;
    };
  }

  /** What helps where a value of a type is not taken. */
  Optional<String> hint(DataType type) {
    if (Reporter.isUnknown(type)) {
      return Optional.of("give it a type: CAST(… AS …)");
    }
    if (this == CONDITION) {
      return Optional.of("compare it with something, as in x > 0");
    }
    if (this == TEXT) {
      return Optional.of("make it text: CAST(… AS STRING)");
    }
    if (this == ORDERED) {
      return Optional.of("'count', 'first' and 'last' take any value");
    }
    return type == DataType.STRING
        ? Optional.of("make it a number: CAST(… AS DOUBLE)")
        : Optional.of("'count', 'min' and 'max' take " + type.sql());
  }
}
