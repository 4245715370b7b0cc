package io.millrace.engine.row;

import io.millrace.operators.values.ExternalForm;
import io.millrace.spi.data.Column;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies maps from column names to values. Names match exactly first, then without regard to case;
 * columns that are not named are NULL.
 */
public final class MapFiller implements RowFiller<Map<String, ? extends @Nullable Object>> {
  private final Schema schema;
  private final ExternalForm[] forms;
  private Column[] columns = new Column[0];

  public MapFiller(Schema schema) {
    this.schema = schema;
    this.forms = new ExternalForm[schema.size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = ExternalForm.of(schema.type(i));
    }
  }

  @Override
  public void bind(Column[] filled) {
    columns = filled;
  }

  @Override
  public void fill(Object[] objects, int from, int count) {
    clearNulls();
    for (int row = 0; row < count; row++) {
      fill((Map<?, ?>) objects[from + row], row);
    }
  }

  @Override
  public void fillOne(Object object) {
    clearNulls();
    fill((Map<?, ?>) object, 0);
  }

  private void clearNulls() {
    for (Column column : columns) {
      column.clearNulls();
    }
  }

  private void fill(Map<?, ?> object, int row) {
    for (Column column : columns) {
      column.setNull(row);
    }
    for (Map.Entry<?, ?> entry : object.entrySet()) {
      String name = String.valueOf(entry.getKey());
      int index = schema.indexOf(name);
      if (index < 0) {
        String hint = NearestName.hint(name, schema.names()).map(text -> "; " + text).orElse("");
        throw new MillraceException("no column '" + name + "' in " + schema + hint);
      }
      columns[index].set(row, forms[index].toInternal(entry.getValue(), schema.name(index)));
    }
  }
}
