package io.millrace.compiler.graph;

import io.millrace.language.plan.Emission;
import io.millrace.operators.window.LengthBatchSpec;

/** What the operators of batches of rows send, as plans say it. */
final class BatchEmissions {
  private BatchEmissions() {}

  static LengthBatchSpec.Sends of(Emission emission, boolean numbersRows) {
    return switch (emission) {
      case FINAL_CHANGELOG -> LengthBatchSpec.Sends.FULL_CHANGES;
      case CHANGELOG -> LengthBatchSpec.Sends.EACH_CHANGE;
      case RETRACTED_ROWS -> LengthBatchSpec.Sends.REPLACED_ROWS;
      case EACH_ROW -> LengthBatchSpec.Sends.ofRows(numbersRows);
      default -> LengthBatchSpec.Sends.FULL;
    };
  }
}
