package io.millrace.formats.csv;

import io.millrace.spi.connector.DecodeException;
import io.millrace.spi.connector.Decoder;
import io.millrace.spi.connector.Framing;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.text.StringCache;
import io.millrace.spi.text.TextParser;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.util.Arrays;

/** Decodes a line of fields into the columns that the header names, or in order without one. */
final class CsvDecoder implements Decoder {
  private static final int NO_COLUMN = -1;

  private final Schema schema;
  private final CsvDialect dialect;
  private final CsvFields fields;
  private final TextParser[] parsers;
  private final StringCache[] strings;
  private int[] columns;
  private boolean expectsHeader;
  private boolean isHeaderBad;

  CsvDecoder(Schema schema, CsvDialect dialect) {
    this.schema = schema;
    this.dialect = dialect;
    fields = new CsvFields(dialect);
    parsers = new TextParser[schema.size()];
    strings = new StringCache[schema.size()];
    columns = new int[schema.size()];
    for (int i = 0; i < parsers.length; i++) {
      int column = i;
      parsers[i] =
          TextParser.of(schema.type(i), schema.name(i))
              .orElseThrow(() -> CsvFormat.unfit(schema.field(column)));
      strings[i] = new StringCache();
      columns[i] = i;
    }
  }

  @Override
  public Framing framing() {
    return dialect.framing();
  }

  @Override
  public int headerRecords() {
    return dialect.header() ? 1 : 0;
  }

  @Override
  public void reset() {
    expectsHeader = dialect.header();
    isHeaderBad = false;
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RowWriter writer) {
    int size = lengthWithoutLineEnd(bytes, offset, length);
    if (size == 0) {
      return;
    }
    if (expectsHeader) {
      expectsHeader = false;
      isHeaderBad = true;
      fields.split(bytes, offset, size);
      readHeader();
      isHeaderBad = false;
      return;
    }
    if (isHeaderBad) {
      throw new DecodeException("the header of the file could not be read");
    }
    fields.split(bytes, offset, size);
    decodeRow(writer);
  }

  private void decodeRow(RowWriter writer) {
    if (fields.count() != columns.length) {
      throw new DecodeException(
          "found "
              + fields.count()
              + (fields.count() == 1 ? " field" : " fields")
              + " instead of the "
              + columns.length
              + (dialect.header() ? " of the header" : " columns of the stream"));
    }
    writer.beginRow();
    for (int i = 0; i < columns.length; i++) {
      int column = columns[i];
      if (column != NO_COLUMN && !fields.isNull(i)) {
        decodeField(i, column, writer);
      }
    }
    writer.endRow();
  }

  private void decodeField(int field, int column, RowWriter writer) {
    DataType type = parsers[column].type();
    int start = fields.start(field);
    int length = fields.length(field);
    if (type == DataType.STRING) {
      writer.setObject(column, strings[column].get(fields.text(), start, length));
    } else if (length > 0 || type == DataType.BYTES) {
      parsers[column].parse(fields.text(), start, length, writer, column);
    }
  }

  private void readHeader() {
    int[] found = new int[fields.count()];
    int known = 0;
    for (int i = 0; i < found.length; i++) {
      found[i] = schema.indexOf(fields.string(i).strip());
      known += found[i] == NO_COLUMN ? 0 : 1;
    }
    if (known == 0) {
      throw new DecodeException(
          "the header names none of the columns "
              + String.join(", ", schema.names())
              + "; if the file has no header, set 'csv.header' = 'false'");
    }
    for (int i = 0; i < found.length; i++) {
      int column = found[i];
      if (column != NO_COLUMN && Arrays.stream(found, 0, i).anyMatch(other -> other == column)) {
        throw new DecodeException("the header names '" + schema.name(column) + "' twice");
      }
    }
    columns = found;
  }

  private static int lengthWithoutLineEnd(byte[] bytes, int offset, int length) {
    int size = length;
    if (size > 0 && bytes[offset + size - 1] == '\n') {
      size--;
    }
    if (size > 0 && bytes[offset + size - 1] == '\r') {
      size--;
    }
    return size;
  }
}
