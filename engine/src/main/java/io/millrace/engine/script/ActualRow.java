package io.millrace.engine.script;

import io.millrace.engine.Row;
import io.millrace.spi.data.RowKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that came.
 *
 * @param values its columns as {@link JsonTree} gives values
 */
record ActualRow(OutputShape shape, long time, RowKind kind, Map<String, @Nullable Object> values) {

  static ActualRow of(OutputShape shape, Row row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int column : shape.columns(row.kind() == RowKind.DELETE)) {
      values.put(shape.schema().name(column), JsonValues.of(row.values().get(column)));
    }
    return new ActualRow(shape, row.rowtime(), row.kind(), values);
  }

  /**
   * As a line of the output section; the time of day stands for a time on the first day of 1970.
   */
  String text() {
    StringBuilder text = new StringBuilder();
    boolean isAnswer = shape.stream().equals(ExpectedRow.ANSWER);
    if (!isAnswer) {
      text.append('@').append(timeText()).append(' ');
    }
    text.append(shape.stream()).append(' ');
    if (kind != RowKind.INSERT) {
      text.append(kind.symbol()).append(' ');
    }
    JsonValues.write(values, text);
    return text.toString();
  }

  private String timeText() {
    boolean isShort = time > -100_000 && time < 100_000;
    boolean isWritable = Math.abs(time) < 253_402_300_800_000L;
    return isShort || !isWritable ? Long.toString(time) : Instant.ofEpochMilli(time).toString();
  }
}
