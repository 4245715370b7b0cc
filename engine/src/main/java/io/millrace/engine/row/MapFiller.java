package io.millrace.engine.row;

import io.millrace.operators.values.ExternalForm;
import io.millrace.spi.data.Column;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies maps from column names to values. Names match exactly first, then without regard to case; columns that are not named are NULL. */
public final class MapFiller implements RowFiller<Map<String, ? extends @Nullable Object>> {
  private final Schema schema;
  private final ExternalForm[] forms;

  public MapFiller(Schema schema) {
    this.schema = schema;
    this.forms = new ExternalForm[schema.size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = ExternalForm.of(schema.type(i));
    }
  }

  @Override
  public void fill(Map<String, ? extends @Nullable Object> object, Column[] columns, int row) {
    for (Column column : columns) {
      column.setNull(row);
    }
    for (Map.Entry<String, ? extends @Nullable Object> entry : object.entrySet()) {
      int index = schema.indexOf(entry.getKey());
      if (index < 0) {
        String hint = NearestName.hint(entry.getKey(), schema.names()).map(text -> "; " + text).orElse("");
        throw new MillraceException("no column '" + entry.getKey() + "' in " + schema + hint);
      }
      columns[index].set(row, forms[index].toInternal(entry.getValue(), schema.name(index)));
    }
  }
}
