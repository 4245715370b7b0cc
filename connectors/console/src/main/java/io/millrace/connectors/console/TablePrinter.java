package io.millrace.connectors.console;

import io.millrace.spi.connector.ByteOutput;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.text.Utf8;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints rows in columns as wide as their widest value so far, numbers to the right. Rows of
 * tables, and rows that show their kind, begin with it; a deletion has its key only.
 */
final class TablePrinter implements RowPrinter {
  private static final int WIDEST = 40;
  private static final String GAP = "  ";
  private static final String KIND = "ROW_KIND";

  private final Schema schema;
  private final boolean hasKind;
  private final List<Integer> keyColumns;
  private final ValueText[] texts;
  private final boolean[] toTheRight;
  private final int[] widths;
  private boolean begun;

  TablePrinter(StreamDefinition stream, boolean showsRowKind) {
    schema = stream.schema();
    hasKind = showsRowKind || stream.isTable();
    keyColumns = stream.keyColumns();
    int size = schema.size();
    texts = new ValueText[size];
    toTheRight = new boolean[size];
    widths = new int[size];
    for (int i = 0; i < size; i++) {
      DataType type = schema.type(i);
      texts[i] = ValueText.of(type);
      toTheRight[i] = isNumber(type);
      widths[i] = length(schema.name(i));
    }
  }

  @Override
  public void print(Batch batch, byte[] prefix, ByteOutput out) {
    if (batch.size() == 0) {
      return;
    }
    List<String[]> rows = new ArrayList<>(batch.size());
    for (int row = 0; row < batch.size(); row++) {
      String[] cells = cells(batch, row);
      for (int i = 0; i < cells.length; i++) {
        widths[i] = Math.max(widths[i], Math.min(WIDEST, length(cells[i])));
      }
      rows.add(cells);
    }
    if (!begun) {
      begun = true;
      out.write(prefix);
      printLine(KIND, schema.names().toArray(String[]::new), out);
    }
    for (int row = 0; row < rows.size(); row++) {
      out.write(prefix);
      printLine(batch.kind(row).symbol(), rows.get(row), out);
    }
  }

  private String[] cells(Batch batch, int row) {
    boolean keyOnly = hasKind && batch.kind(row) == RowKind.DELETE && !keyColumns.isEmpty();
    String[] cells = new String[texts.length];
    for (int i = 0; i < cells.length; i++) {
      Column column = batch.column(i);
      cells[i] = keyOnly && !keyColumns.contains(i) ? "" : texts[i].text(column.get(row));
    }
    return cells;
  }

  private void printLine(String kind, String[] cells, ByteOutput out) {
    StringBuilder line = new StringBuilder();
    if (hasKind) {
      line.append(kind).append(" ".repeat(KIND.length() - kind.length())).append(GAP);
    }
    for (int i = 0; i < cells.length; i++) {
      int padding = Math.max(0, widths[i] - length(cells[i]));
      if (toTheRight[i]) {
        line.append(" ".repeat(padding)).append(cells[i]);
      } else {
        line.append(cells[i]).append(" ".repeat(padding));
      }
      line.append(GAP);
    }
    Utf8.write(line.toString().stripTrailing(), out);
    out.write('\n');
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isNumber(DataType type) {
    return type instanceof DataType.Decimal
        || type.layout() == Layout.DOUBLE
        || type == DataType.INT
        || type == DataType.BIGINT
        || type == DataType.INTERVAL;
  }
}
