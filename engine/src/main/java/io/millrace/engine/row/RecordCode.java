package io.millrace.engine.row;

import io.millrace.operators.kernel.KernelSource;
import io.millrace.operators.values.ExternalForm;
import io.millrace.spi.types.Layout;
import io.millrace.spi.types.Schema;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Code that copies between records and columns: plain assignments for primitives and strings,
 * {@link ExternalForm} for the rest.
 */
final class RecordCode {
  private static final String COLUMNS = "io.millrace.spi.data.";
  private final RecordComponents components;
  private final Schema schema;
  private final String type;
  private final List<String> constantTypes = new ArrayList<>();
  private final List<@Nullable Object> constants = new ArrayList<>();

  RecordCode(RecordComponents components, Schema schema, Class<?> type) {
    this.components = components;
    this.schema = schema;
    this.type = String.valueOf(type.getCanonicalName());
  }

  @SuppressWarnings("rawtypes")
  KernelSource<RowFiller> filler() {
    boolean[] filled = new boolean[schema.size()];
    StringBuilder code =
        new StringBuilder(
            "public void fill(Object[] objects, int from, int count, "
                + COLUMNS
                + "Column[] columns) {\n");
    for (int i = 0; i < components.size(); i++) {
      filled[components.column(i)] = true;
      code.append(declareArray(components.column(i)));
    }
    code.append("  for (int row = 0; row < count; row++) {\n    ")
        .append(type)
        .append(" r = (")
        .append(type)
        .append(") objects[from + row];\n");
    for (int i = 0; i < components.size(); i++) {
      code.append("    ").append(fillOne(i)).append('\n');
    }
    for (int i = 0; i < filled.length; i++) {
      if (!filled[i]) {
        code.append("    columns[").append(i).append("].setNull(row);\n");
      }
    }
    return new KernelSource<>(
        RowFiller.class, code.append("  }\n}\n").toString(), constantTypes, constants);
  }

  private String declareArray(int column) {
    Layout layout = schema.type(column).layout();
    String element = layout == Layout.OBJECT ? "Object" : layout.name().toLowerCase(Locale.ROOT);
    return "  "
        + element
        + "[] v"
        + column
        + " = (("
        + COLUMNS
        + columnClass(layout)
        + ") columns["
        + column
        + "]).values();\n";
  }

  /**
   * Columns have no null bits set in rows that are being filled, so that a value needs an
   * assignment only.
   */
  private String fillOne(int index) {
    RecordComponent component = components.component(index);
    int column = components.column(index);
    String value = "r." + component.getName() + "()";
    if (isDirect(component.getType(), column)) {
      return "v" + column + "[row] = " + value + ";";
    }
    if (component.getType() == String.class) {
      return "Object o"
          + column
          + " = "
          + value
          + "; v"
          + column
          + "[row] = o"
          + column
          + "; if (o"
          + column
          + " == null) columns["
          + column
          + "].setNull(row);";
    }
    return "columns["
        + column
        + "].set(row, "
        + form(column)
        + ".toInternal("
        + boxed(component.getType(), value)
        + ", \""
        + component.getName()
        + "\"));";
  }

  @SuppressWarnings("rawtypes")
  KernelSource<RowReader> reader() {
    StringBuilder code =
        new StringBuilder(
            "public Object read(io.millrace.spi.data.Batch batch, int row) {\n  return new "
                + type
                + "(");
    for (int i = 0; i < components.size(); i++) {
      code.append(i == 0 ? "" : ", ").append(readOne(i));
    }
    return new KernelSource<>(
        RowReader.class, code.append(");\n}\n").toString(), constantTypes, constants);
  }

  private String readOne(int index) {
    Class<?> wanted = components.component(index).getType();
    int column = components.column(index);
    String source = "batch.column(" + column + ")";
    if (isDirect(wanted, column)) {
      return "io.millrace.engine.row.Conversions."
          + wanted.getName()
          + "Of("
          + source
          + ", row, \""
          + schema.name(column)
          + "\")";
    }
    if (wanted == String.class && schema.type(column).layout() == Layout.OBJECT) {
      return "(String) ((" + COLUMNS + "ObjectColumn) " + source + ").values()[row]";
    }
    String value =
        "io.millrace.engine.row.Conversions.convert("
            + form(column)
            + ", "
            + source
            + ", row, "
            + classConstant(wanted)
            + ", \""
            + schema.name(column)
            + "\")";
    return wanted.isPrimitive()
        ? "((" + boxName(wanted) + ") " + value + ")." + wanted.getName() + "Value()"
        : "(" + wanted.getCanonicalName() + ") " + value;
  }

  /** Whether the component has the very layout of its column, and cannot be NULL. */
  private boolean isDirect(Class<?> component, int column) {
    return switch (schema.type(column).layout()) {
      case BOOLEAN -> component == boolean.class;
      case LONG -> component == long.class || component == int.class;
      case DOUBLE -> component == double.class;
      case OBJECT -> false;
    };
  }

  private String form(int column) {
    return constant(
        "io.millrace.operators.values.ExternalForm", ExternalForm.of(schema.type(column)));
  }

  private String classConstant(Class<?> value) {
    return constant("Class", value);
  }

  private String constant(String constantType, Object value) {
    constantTypes.add(constantType);
    constants.add(value);
    return "c" + (constants.size() - 1);
  }

  private static String boxed(Class<?> component, String value) {
    return component.isPrimitive() ? boxName(component) + ".valueOf(" + value + ")" : value;
  }

  private static String boxName(Class<?> primitive) {
    return MethodType.methodType(primitive).wrap().returnType().getName();
  }

  private static String columnClass(Layout layout) {
    return switch (layout) {
      case BOOLEAN -> "BooleanColumn";
      case LONG -> "LongColumn";
      case DOUBLE -> "DoubleColumn";
      case OBJECT -> "ObjectColumn";
    };
  }
}
