package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;

/** What a job tells about its rows. Called during a turn, by the thread that runs it. */
public interface JobListener {
  /** Rows of a stream, or of a bare query. The batch is lent until the call returns. */
  void rows(String stream, Batch batch);

  /** A row of the input of a query came too late for it. */
  void late(String query, Batch batch, int row);

  /**
   * An expression of a query failed for a row.
   *
   * @throws io.millrace.spi.error.MillraceException if the job is to stop
   */
  void failed(String query, Batch batch, int row, String error);
}
