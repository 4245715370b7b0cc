package io.millrace.engine.connect;

import io.millrace.operators.values.ValueText;
import io.millrace.spi.data.Batch;

/** A row for people: {@code {symbol: IBM, price: 12.5}}. */
final class RowText {
  private static final int LONGEST_VALUE = 200;

  private RowText() {}

  static String of(Batch batch, int row) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < batch.schema().size(); i++) {
      Object value = batch.column(i).get(row);
      String shown = value == null ? "NULL" : ValueText.of(batch.schema().type(i), value);
      text.append(i == 0 ? "" : ", ").append(batch.schema().name(i)).append(": ");
      text.append(shown.length() > LONGEST_VALUE ? shown.substring(0, LONGEST_VALUE) + "…" : shown);
    }
    return text.append('}').toString();
  }
}
