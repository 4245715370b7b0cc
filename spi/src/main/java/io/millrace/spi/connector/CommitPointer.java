package io.millrace.spi.connector;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which snapshot is the committed one.
 *
 * @param job the job
 * @param snapshotId the snapshot
 * @param manifestChecksum of its manifest
 */
public record CommitPointer(String job, long snapshotId, String manifestChecksum) {
  private static final String FORM = "millrace-1";
  private static final Pattern TEXT =
      Pattern.compile(Pattern.quote(FORM) + " (\\d{1,18}) ([0-9a-f]+) (.+)", Pattern.DOTALL);

  /** The pointer as a short text. */
  public String toText() {
    return FORM + " " + snapshotId + " " + manifestChecksum + " " + job;
  }

  /** Reads what {@link #toText} gave; empty if the text is something else. */
  public static Optional<CommitPointer> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new CommitPointer(matcher.group(3), Long.parseLong(matcher.group(1)), matcher.group(2)))
        : Optional.empty();
  }
}
