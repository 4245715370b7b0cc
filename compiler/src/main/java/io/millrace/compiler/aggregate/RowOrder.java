package io.millrace.compiler.aggregate;

import io.millrace.operators.kernel.Updates;

/**
 * What says where a row stands among those of its group. Objects that hold rows in order also know
 * in which order they came.
 */
enum RowOrder {
  /** They come in order, and go in it. */
  ARRIVAL("0L, 0L"),
  /** Their times; they go in this order. */
  TIME("$time, 0L"),
  /** Their times, then their causes. */
  TIME_AND_CAUSE("$time, $cause");

  private final String place;

  RowOrder(String place) {
    this.place = place;
  }

  static RowOrder of(Updates updates) {
    return switch (updates) {
      case RETRACT -> ARRIVAL;
      case RETRACT_BY_TIME -> TIME;
      case ADD, ADD_TO_SEVERAL, MERGE, PARTIAL, RETRACT_ANY -> TIME_AND_CAUSE;
    };
  }

  /** The code of the row's time and cause, as arguments. */
  String place() {
    return place;
  }
}
