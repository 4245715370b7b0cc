package io.millrace.engine.row;

import io.millrace.operators.values.ExternalForm;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.Schema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Copies records that generated code cannot name, because they are not public, by reflection. */
final class RecordReflection<T> implements RowFiller<T>, RowReader<T> {
  private final Class<T> type;
  private final RecordComponents components;
  private final Schema schema;
  private final ExternalForm[] forms;
  private final Method[] accessors;
  private Column[] columns = new Column[0];

  RecordReflection(Class<T> type, RecordComponents components, Schema schema) {
    this.type = type;
    this.components = components;
    this.schema = schema;
    this.forms = new ExternalForm[components.size()];
    this.accessors = new Method[components.size()];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = ExternalForm.of(components.type(schema, i));
      accessors[i] = components.component(i).getAccessor();
      accessors[i].setAccessible(true);
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
      fill(objects[from + row], row);
    }
  }

  @Override
  public void fillOne(Object object) {
    clearNulls();
    fill(object, 0);
  }

  private void clearNulls() {
    for (Column column : columns) {
      column.clearNulls();
    }
  }

  private void fill(Object object, int row) {
    for (Column column : columns) {
      column.setNull(row);
    }
    for (int i = 0; i < accessors.length; i++) {
      int column = components.column(i);
      columns[column].set(
          row, forms[i].toInternal(valueOf(object, accessors[i]), schema.name(column)));
    }
  }

  private static @Nullable Object valueOf(Object object, Method accessor) {
    try {
      return accessor.invoke(object);
    } catch (InvocationTargetException e) {
      throw new MillraceException(
          "component '" + accessor.getName() + "' failed: " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new MillraceException(
          "component '" + accessor.getName() + "' cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public T read(Batch batch, int row) {
    @Nullable Object[] arguments = new Object[accessors.length];
    for (int i = 0; i < arguments.length; i++) {
      int column = components.column(i);
      arguments[i] =
          Conversions.convert(
              forms[i],
              batch.column(column),
              row,
              accessors[i].getReturnType(),
              schema.name(column));
    }
    return type.cast(Conversions.construct(type, arguments));
  }
}
