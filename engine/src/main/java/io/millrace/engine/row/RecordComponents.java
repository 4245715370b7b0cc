package io.millrace.engine.row;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Schema;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * How the components of a record class and the columns of a stream belong together: by name,
 * exactly first, then without regard to case.
 */
final class RecordComponents {
  private final Class<?> type;
  private final RecordComponent[] components;
  private final int[] columns;

  /**
   * @throws MillraceException if the class is no record, or a component has no column or a type
   *     that its column does not fit
   */
  RecordComponents(Class<?> type, Schema schema, String stream) {
    RecordComponent[] found = type.getRecordComponents();
    if (found == null) {
      throw new MillraceException(
          "class "
              + type.getName()
              + " is no record: rows of '"
              + stream
              + "' are records, Row, or Map<String, Object>");
    }
    this.type = type;
    this.components = found;
    this.columns = new int[found.length];
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      columns[i] = schema.indexOf(found[i].getName());
      if (columns[i] < 0) {
        String hint =
            NearestName.hint(found[i].getName(), schema.names())
                .map(text -> " (" + text + ")")
                .orElse("");
        problems.add("it has no column '" + found[i].getName() + "'" + hint);
      } else if (!CarrierTypes.fits(found[i].getType(), schema.type(columns[i]))) {
        problems.add(
            "column '"
                + schema.name(columns[i])
                + "' is "
                + schema.type(columns[i]).sql()
                + ", not "
                + found[i].getType().getSimpleName());
      }
    }
    if (!problems.isEmpty()) {
      throw new MillraceException(
          "record "
              + type.getSimpleName()
              + " does not fit '"
              + stream
              + "' "
              + schema
              + ": "
              + String.join("; ", problems));
    }
  }

  int size() {
    return components.length;
  }

  RecordComponent component(int index) {
    return components[index];
  }

  /** The column that belongs to a component. */
  int column(int index) {
    return columns[index];
  }

  DataType type(Schema schema, int index) {
    return schema.type(columns[index]);
  }

  /** Whether generated code can name the class: it and the classes around it are public. */
  boolean isReachable() {
    for (Class<?> c = type; c != null; c = c.getEnclosingClass()) {
      if (!Modifier.isPublic(c.getModifiers()) || c.isAnonymousClass() || c.isLocalClass()) {
        return false;
      }
    }
    return type.getCanonicalName() != null;
  }
}
