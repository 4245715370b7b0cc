package io.millrace.engine;

import io.millrace.compiler.graph.GraphBuilder;
import io.millrace.language.plan.ConstantRows;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.source.RowTime;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.RowTimes;
import io.millrace.spi.time.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends the rows that a script itself gives, when its job starts. */
final class ConstantFeed {
  private final EngineCore core;
  private final Job job;

  ConstantFeed(EngineCore core, Job job) {
    this.core = core;
    this.job = job;
  }

  void send() {
    for (ConstantRows rows : job.script().plan().constants()) {
      String stream = rows.target().name();
      EntryPort values = job.circuit().findEntry(GraphBuilder.valuesOf(stream)).orElse(null);
      EntryPort port = values != null ? values : job.circuit().findEntry(stream).orElseThrow();
      RowTime time = values != null ? new RowTime(-1, false) : job.rowTime(stream);
      for (List<@Nullable Object> row : rows.rows()) {
        sendRow(port, time, row);
      }
    }
    for (ConstantRows rows : job.script().plan().constants()) {
      job.circuit()
          .findEntry(GraphBuilder.valuesOf(rows.target().name()))
          .ifPresent(port -> core.advance(port, Timeline.END));
    }
  }

  private void sendRow(EntryPort port, RowTime time, List<@Nullable Object> row) {
    Column[] columns = new Column[row.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Column.of(port.schema().type(i).layout(), 1);
      columns[i].set(0, row.get(i));
    }
    long[] rowtimes = {core.clock().millis()};
    if (time.column() >= 0) {
      if (columns[time.column()].isNull(0)) {
        throw new MillraceException(
            "a row of INSERT INTO " + port.stream() + " has no time: its time column is NULL");
      }
      rowtimes[0] = ((LongColumn) columns[time.column()]).values()[0];
      if (!RowTimes.isInRange(rowtimes[0])) {
        throw new MillraceException(
            "a row of INSERT INTO "
                + port.stream()
                + " has no time: its time column "
                + RowTimes.problem(rowtimes[0]));
      }
    }
    Batch batch = port.newBatch(columns);
    batch.rows(1, rowtimes, null, null);
    core.turn(port, batch);
  }
}
