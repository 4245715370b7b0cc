package io.millrace.language.analysis;

import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;

/** What an argument of an aggregate may be that is the same for all rows. */
enum AggregateSetting {
  COUNT("a whole number from 1 on"),
  SEPARATOR("a text in quotes");

  private final String description;

  AggregateSetting(String description) {
    this.description = description;
  }

  /** What it is, for a message. */
  String description() {
    return description;
  }

  boolean takes(RowExpression expression) {
    if (!(expression instanceof Constant constant)) {
      return false;
    }
    return switch (this) {
      case COUNT ->
          constant.value() instanceof Long number && number > 0 && number <= Integer.MAX_VALUE;
      case SEPARATOR -> constant.value() instanceof String;
    };
  }
}
