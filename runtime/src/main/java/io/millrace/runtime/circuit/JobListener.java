package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;

/** What a job tells about its rows. Called during a turn, by the thread that runs it. */
public interface JobListener {
  /** Asks once, when the job is added, where the rows of a stream, or of a bare query, go. */
  RowListener exit(String stream);

  /** Takes the rows of a stream. The batch is lent until the call returns. */
  interface RowListener {
    void rows(Batch batch);
  }

  /** A row of the input of a query came too late for it. */
  void late(String query, Batch batch, int row);

  /**
   * An expression of a query failed for a row.
   *
   * @throws io.millrace.spi.error.MillraceException if the job is to stop
   */
  void failed(String query, Batch batch, int row, String error);
}
