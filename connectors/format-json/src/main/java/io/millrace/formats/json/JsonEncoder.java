package io.millrace.formats.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.Encoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.stream.IntStream;

/** Encodes a row as a JSON object with a field per column, NULL as null. */
final class JsonEncoder implements Encoder {
  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final String KIND = "ROW_KIND";

  private final boolean showsRowKind;

  /** The column of the kind that the query has selected, or -1. */
  private final int kindColumn;

  private final int[] allColumns;
  private final int[] keyColumns;
  private final byte[][] first;
  private final byte[][] following;
  private final byte[] kindPrefix = CollectionWriter.prefix('{', KIND);
  private final ValueWriter[] writers;

  JsonEncoder(StreamDefinition stream, boolean showsRowKind) {
    Schema schema = stream.schema();
    List<Integer> keys = stream.keyColumns();
    boolean millis = stream.options().getChoice(JsonFormat.TIMESTAMP_OPTION).equals("millis");
    this.showsRowKind = showsRowKind;
    kindColumn = stream.isTable() ? -1 : schema.indexOf(KIND);
    allColumns = IntStream.range(0, schema.size()).toArray();
    keyColumns =
        keys.isEmpty() || !stream.isTable()
            ? allColumns
            : keys.stream().mapToInt(Integer::intValue).toArray();
    first = new byte[schema.size()][];
    following = new byte[schema.size()][];
    writers = new ValueWriter[schema.size()];
    for (int i = 0; i < writers.length; i++) {
      first[i] = CollectionWriter.prefix('{', schema.name(i));
      following[i] = CollectionWriter.prefix(',', schema.name(i));
      writers[i] = ValueWriter.of(schema.type(i), schema.name(i), millis);
    }
  }

  @Override
  public Framing framing() {
    return Framing.LINES;
  }

  @Override
  public byte[] header() {
    return new byte[0];
  }

  @Override
  public void encode(Batch batch, int row, ByteOutput out) {
    RowKind kind = batch.kinds() == null ? RowKind.INSERT : batch.kind(row);
    boolean deletion = kind == RowKind.DELETE;
    if (showsRowKind || (deletion && !saysItself(batch, row))) {
      out.write(kindPrefix);
      JsonStrings.write(kind.symbol(), out);
      encode(batch, row, deletion ? keyColumns : allColumns, following, out);
    } else {
      encode(batch, row, allColumns, first, out);
    }
  }

  /** Whether a column says that a row is a deletion. */
  private boolean saysItself(Batch batch, int row) {
    return kindColumn >= 0 && RowKind.DELETE.symbol().equals(batch.column(kindColumn).get(row));
  }

  private void encode(Batch batch, int row, int[] columns, byte[][] firstPrefix, ByteOutput out) {
    byte[][] prefixes = firstPrefix;
    for (int index : columns) {
      Column column = batch.column(index);
      out.write(prefixes[index]);
      prefixes = following;
      if (column.isNull(row)) {
        out.write(NULL);
      } else {
        writers[index].write(column, row, out);
      }
    }
    out.write('}');
  }
}
