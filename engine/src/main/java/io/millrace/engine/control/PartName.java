package io.millrace.engine.control;

import io.millrace.spi.connector.JobPart;
import java.util.Comparator;

/**
 * The name of a job whose snapshots are kept: of one by itself, or of a part of a shared job, see
 * {@link JobPart#nameIn}.
 *
 * @param job the name of the whole job
 * @param number that of the part; {@link #WHOLE} if it is none
 */
record PartName(String job, int number) {
  static final int WHOLE = -1;

  /** By the whole job, then by the parts' numbers. */
  static final Comparator<String> ORDER =
      Comparator.comparing(
          PartName::of, Comparator.comparing(PartName::job).thenComparingInt(PartName::number));

  private static final int MOST_DIGITS = 9;

  static PartName of(String name) {
    int slash = name.lastIndexOf('/');
    String number = name.substring(slash + 1);
    boolean isPart =
        slash > 0
            && !number.isEmpty()
            && number.length() <= MOST_DIGITS
            && number.chars().allMatch(c -> c >= '0' && c <= '9');
    return isPart
        ? new PartName(name.substring(0, slash), Integer.parseInt(number))
        : new PartName(name, WHOLE);
  }

  /** Whether it is a part of a job. */
  boolean isPartOf(String whole) {
    return number != WHOLE && job.equals(whole);
  }
}
