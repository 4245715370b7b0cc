package io.millrace.engine;

import io.millrace.operators.window.HeldContents;
import io.millrace.spi.data.Column;
import io.millrace.spi.types.Schema;

/** The rows of a table or of a named window. */
record HeldRows(Schema schema, HeldContents contents) implements AskedRows {
  @Override
  public void read(int most, Part part) {
    for (int from = 0; from < contents.size(); from += most) {
      int count = Math.min(most, contents.size() - from);
      Column[] columns = new Column[schema.size()];
      long[] rowtimes = new long[count];
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Column.of(schema.type(i).layout(), count);
      }
      contents.copy(from, from + count, columns, rowtimes);
      part.take(count, columns, rowtimes);
    }
  }
}
