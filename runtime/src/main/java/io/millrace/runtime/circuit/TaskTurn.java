package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a turn that is one task's: its rows, and what its operators made of them. Filled by
 * the thread that has the turn, then by the one that runs the task, then read by the first again.
 */
final class TaskTurn {
  private final TaskRows rows;
  private final TaskRows[] outputs;
  private final List<Report> reports = new ArrayList<>();
  private Timeline timeline = new RecordedTimeline();
  private Timeline lateness = timeline;
  private @Nullable Throwable failure;

  /**
   * A row that could not be taken. Reports are in order by operator, and those of an operator as
   * its rows are.
   *
   * @param sequence the rank of its operator
   * @param batch holds the row alone
   * @param error why it failed; null if it came too late
   */
  record Report(long sequence, String query, Batch batch, @Nullable String error)
      implements Comparable<Report> {
    @Override
    public int compareTo(Report other) {
      if (sequence != other.sequence) {
        return Long.compare(sequence, other.sequence);
      }
      int byPosition = Integer.compare(batch.position(0), other.batch.position(0));
      return byPosition != 0 ? byPosition : Arrays.compare(batch.ranks(), other.batch.ranks());
    }
  }

  TaskTurn(Schema entry, List<Schema> outputs) {
    this.rows = new TaskRows(entry);
    this.outputs = outputs.stream().map(TaskRows::new).toArray(TaskRows[]::new);
  }

  /** Begins a turn; the timelines are those of the whole turn. */
  void begin(Timeline watermarks, Timeline ownPartition) {
    timeline = watermarks;
    lateness = ownPartition;
    rows.clear();
    Arrays.stream(outputs).forEach(TaskRows::clear);
    reports.clear();
    failure = null;
  }

  /** The rows that come in. */
  TaskRows rows() {
    return rows;
  }

  Timeline timeline() {
    return timeline;
  }

  Timeline lateness() {
    return lateness;
  }

  /** The rows that go out, by output of the section. */
  TaskRows output(int index) {
    return outputs[index];
  }

  List<Report> reports() {
    return reports;
  }

  void fail(@Nullable Throwable thrown) {
    failure = thrown;
  }

  @Nullable Throwable failure() {
    return failure;
  }
}
