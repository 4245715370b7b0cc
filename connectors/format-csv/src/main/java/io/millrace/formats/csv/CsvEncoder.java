package io.millrace.formats.csv;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.text.TextWriter;
import io.millrace.spi.text.Utf8;
import io.millrace.spi.types.Schema;
import java.util.Arrays;

/**
 * Encodes a row as a line of fields. Rows of tables, and rows that show their kind, begin with a
 * field {@code ROW_KIND}.
 */
final class CsvEncoder implements Encoder {
  private static final String KIND = "ROW_KIND";

  private final CsvDialect dialect;
  private final Schema schema;
  private final boolean hasKind;
  private final boolean[] isKey;
  private final TextWriter[] writers;

  CsvEncoder(StreamDefinition stream, CsvDialect dialect, boolean showsRowKind) {
    this.dialect = dialect;
    schema = stream.schema();
    hasKind = showsRowKind || stream.isTable();
    isKey = new boolean[schema.size()];
    stream.keyColumns().forEach(column -> isKey[column] = true);
    if (stream.keyColumns().isEmpty() || !stream.isTable()) {
      Arrays.fill(isKey, true);
    }
    writers = new TextWriter[schema.size()];
    for (int i = 0; i < writers.length; i++) {
      int column = i;
      writers[i] =
          TextWriter.of(schema.type(i)).orElseThrow(() -> CsvFormat.unfit(schema.field(column)));
    }
  }

  @Override
  public Framing framing() {
    return dialect.framing();
  }

  @Override
  public byte[] header() {
    if (!dialect.header()) {
      return new byte[0];
    }
    ByteOutput out = new ByteOutput(64);
    if (hasKind) {
      Utf8.write(KIND, out);
    }
    for (int i = 0; i < schema.size(); i++) {
      delimit(i, out);
      int start = out.size();
      Utf8.write(schema.name(i), out);
      quoteIfNeeded(start, out);
    }
    out.write('\n');
    return out.toByteArray();
  }

  @Override
  public void encode(Batch batch, int row, ByteOutput out) {
    boolean deletion = false;
    if (hasKind) {
      RowKind kind = batch.kind(row);
      deletion = kind == RowKind.DELETE;
      Utf8.write(kind.symbol(), out);
    }
    for (int i = 0; i < writers.length; i++) {
      delimit(i, out);
      Column column = batch.column(i);
      if (!column.isNull(row) && (isKey[i] || !deletion)) {
        int start = out.size();
        writers[i].write(column, row, out);
        quoteIfNeeded(start, out);
      }
    }
  }

  private void delimit(int column, ByteOutput out) {
    if (column > 0 || hasKind) {
      out.write(dialect.delimiter());
    }
  }

  private void quoteIfNeeded(int start, ByteOutput out) {
    byte[] bytes = out.array();
    boolean needed = out.size() == start;
    for (int i = start; i < out.size() && !needed; i++) {
      byte c = bytes[i];
      needed = c == dialect.delimiter() || c == dialect.quote() || c == '\n' || c == '\r';
    }
    if (needed) {
      quote(start, out);
    }
  }

  private void quote(int start, ByteOutput out) {
    byte[] field = Arrays.copyOfRange(out.array(), start, out.size());
    out.truncate(start);
    out.write(dialect.quote());
    for (byte c : field) {
      if (c == dialect.quote()) {
        out.write(c);
      }
      out.write(c);
    }
    out.write(dialect.quote());
  }
}
