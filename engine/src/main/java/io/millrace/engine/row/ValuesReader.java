package io.millrace.engine.row;

import io.millrace.operators.values.ExternalForm;
import io.millrace.spi.data.Batch;
import io.millrace.spi.types.Schema;
import org.jspecify.annotations.Nullable;

/** Reads a row as an array of values in their external forms. */
public final class ValuesReader implements RowReader<@Nullable Object[]> {
  private final ExternalForm[] forms;

  public ValuesReader(Schema schema) {
    this.forms = new ExternalForm[schema.size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = ExternalForm.of(schema.type(i));
    }
  }

  @Override
  public @Nullable Object[] read(Batch batch, int row) {
    @Nullable Object[] values = new Object[forms.length];
    for (int i = 0; i < forms.length; i++) {
      values[i] = forms[i].toExternal(batch.column(i).get(row));
    }
    return values;
  }
}
