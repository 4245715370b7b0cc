package io.millrace.spi.snapshot;

import io.millrace.spi.error.MillraceException;
import org.jspecify.annotations.Nullable;

/** A snapshot is not there as it was written: a file is missing, cut off, or has other bytes. */
public final class DamagedSnapshotException extends MillraceException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what is damaged, and where it lies
   */
  public DamagedSnapshotException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
