package io.millrace.operators.rank;

import io.millrace.operators.analytic.Ranking;
import java.util.Locale;

/**
 * Says which rows are wanted: those of small places.
 *
 * @param most the greatest place that is wanted
 */
public record RankBound(Ranking ranking, long most) {
  @Override
  public String toString() {
    return ranking.name().toLowerCase(Locale.ROOT) + " <= " + most;
  }
}
