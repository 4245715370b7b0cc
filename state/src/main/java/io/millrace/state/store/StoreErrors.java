package io.millrace.state.store;

import io.millrace.spi.error.FileErrors;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.DamagedSnapshotException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Says for people why a store cannot do something, and what to do about it. */
final class StoreErrors {
  private StoreErrors() {}

  /**
   * An error of the file system.
   *
   * @param what what was tried, such as {@code write snapshot 7 to}
   */
  static MillraceException cannot(String what, Path path, IOException cause) {
    String message = FileErrors.cannot(what, path, cause).message();
    return new MillraceException(message + remedy(message), cause);
  }

  private static String remedy(String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (text.contains("no space left")
        || text.contains("not enough space")
        || text.contains("quota exceeded")) {
      return "; make room on the disk, or let the job keep its snapshots on a larger one; the"
          + " snapshots that are there are not touched";
    }
    if (text.contains("permission denied") || text.contains("operation not permitted")) {
      return "; let the user that runs the job read and write there";
    }
    if (text.contains("read-only file system")) {
      return "; let the job keep its snapshots on a disk that can be written";
    }
    return "";
  }

  /**
   * A file that is not as it was written.
   *
   * @param what what is wrong with it, such as {@code it is not there}
   */
  static DamagedSnapshotException damaged(Path file, String what) {
    return new DamagedSnapshotException(
        "the snapshot file '"
            + file
            + "' is damaged: "
            + what
            + "; bring it back from a copy, or go on from an earlier snapshot",
        null);
  }

  /** A file of a form that this version does not know. */
  static MillraceException newer(Path file, int version, int known) {
    return new MillraceException(
        "the snapshot file '"
            + file
            + "' was written by a newer version of Millrace: it has format "
            + version
            + ", and this version reads formats up to "
            + known
            + "; use that version, or a newer one");
  }
}
