package io.millrace.compiler.graph;

import io.millrace.language.plan.Emission;
import io.millrace.operators.window.SlidingEmission;

/** What the operators of sliding windows send, as plans say it. */
final class SlidingEmissions {
  private SlidingEmissions() {}

  /** Of a window that is not looked at now and then. */
  static SlidingEmission of(Emission emission) {
    return switch (emission) {
      case EXPIRY -> SlidingEmission.EXPIRY;
      case CHANGES -> SlidingEmission.CHANGES;
      case CONTENTS, RETRACTED_CONTENTS -> SlidingEmission.CONTENTS;
      case CHANGELOG -> SlidingEmission.GROUPS;
      case MARKED_CHANGELOG -> SlidingEmission.MARKED_GROUPS;
      case EACH_ROW -> SlidingEmission.ARRIVAL;
      case HELD -> SlidingEmission.HELD;
      case FINAL, FINAL_CHANGELOG, ANSWER, LOOKS, REVISIONS, RETRACTED_ROWS ->
          throw new IllegalArgumentException("sliding, " + emission);
    };
  }
}
