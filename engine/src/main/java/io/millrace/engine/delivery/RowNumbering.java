package io.millrace.engine.delivery;

import java.util.Map;

/**
 * Whether the rows of a sink that may come twice are numbered, so that who reads them recognizes
 * those that do.
 *
 * @param obstacle why they are not, for people; empty if they are
 * @param onlyAlone the input that must have a single partition for that; empty if it does not
 *     matter how many there are
 * @param destination where the rows go: numbers rise there, under whatever name the script has it
 * @param meaning a hash of all that the rows are computed of: rows of the same numbers are the same
 *     as long as it is the same
 */
public record RowNumbering(String obstacle, String onlyAlone, String destination, String meaning) {

  static RowNumbering without(String obstacle) {
    return new RowNumbering(obstacle, "", "", "");
  }

  /**
   * Whether rows are numbered.
   *
   * @param partitions how many partitions the inputs have, by stream
   */
  public boolean applies(Map<String, Integer> partitions) {
    return obstacle.isEmpty()
        && (onlyAlone.isEmpty() || partitions.getOrDefault(onlyAlone, 0) == 1);
  }

  /** The numbering in words. */
  String print() {
    if (!obstacle.isEmpty()) {
      return "none, since " + obstacle;
    }
    return onlyAlone.isEmpty()
        ? "a number for every row"
        : "a number for every row if '" + onlyAlone + "' has one partition, else none";
  }
}
