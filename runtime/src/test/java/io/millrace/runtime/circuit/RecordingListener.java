package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a job tells, and stops the job at the first row that fails. */
public final class RecordingListener implements JobListener {
  private final List<String> told = new ArrayList<>();

  /** What was told: {@code stream@time value} for each row. */
  public List<String> told() {
    return told;
  }

  @Override
  public RowListener exit(String stream) {
    return batch -> {
      for (int row = 0; row < batch.size(); row++) {
        told.add(stream + text(batch, row));
      }
    };
  }

  @Override
  public void late(String query, Batch batch, int row) {
    told.add("late for " + query + text(batch, row));
  }

  @Override
  public void failed(String query, Batch batch, int row, String error) {
    throw new MillraceException(query + " failed: " + error);
  }

  private static String text(Batch batch, int row) {
    StringBuilder text = new StringBuilder("@").append(batch.rowtimes()[row]);
    for (Column column : batch.columns()) {
      text.append(' ').append(column.get(row));
    }
    return text.toString();
  }
}
