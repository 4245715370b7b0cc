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
    StringBuilder code = new StringBuilder();
    bind(code);
    code.append("public void fill(Object[] objects, int from, int count) {\n");
    clearNulls(code, false);
    for (int i = 0; i < components.size(); i++) {
      code.append(isLate(i) ? fillLate(i) : "  final " + arrayType(i) + " " + local(i) + ";\n");
    }
    code.append("  this.objects = objects;\n  this.from = from;\n");
    code.append("  for (int row = 0; row < count; row++) {\n");
    code.append("    " + type + " r = (" + type + ") objects[from + row];\n");
    fillComponents(code, false);
    code.append("  }\n}\n");
    code.append("public void release() {\n  objects = null;\n}\n");
    code.append("public void fillOne(Object object) {\n");
    clearNulls(code, true);
    code.append("    final int row = 0;\n");
    code.append("    " + type + " r = (" + type + ") object;\n");
    fillComponents(code, true);
    code.append("}\n");
    return new KernelSource<>(RowFiller.class, code.toString(), constantTypes, constants);
  }

  private void fillComponents(StringBuilder code, boolean alsoLate) {
    for (int i = 0; i < components.size(); i++) {
      if (alsoLate || !isLate(i)) {
        code.append("    ").append(fillComponent(i)).append('\n');
      }
    }
  }

  private String local(int index) {
    String array = "v" + components.column(index);
    return array + " = this." + array;
  }

  /**
   * Whether the component is copied only when it is read: what is an object (so that the garbage
   * collector hears of each copy) and cannot fail.
   */
  private boolean isLate(int index) {
    return components.component(index).getType() == String.class
        && schema.type(components.column(index)).layout() == Layout.OBJECT;
  }

  private String fillLate(int index) {
    int column = components.column(index);
    return "  k" + column + ".fillLate(late" + column + ", count);\n";
  }

  /** The values of a component, one after the other, from the objects of the last fill. */
  private void late(StringBuilder code, int index) {
    String name = components.component(index).getName();
    code.append("final " + COLUMNS + "LateValues late" + components.column(index));
    code.append(" = new " + COLUMNS + "LateValues() {\n");
    code.append(
        "  public void copy(int[] rows, int count, " + COLUMNS + "ObjectColumn to, int at) {\n");
    code.append("    Object[] values = to.values();\n");
    code.append("    final Object[] known = objects;\n    final int first = from;\n");
    code.append("    for (int i = 0; i < count; i++) {\n");
    code.append("      int row = first + (rows == null ? i : rows[i]);\n");
    code.append("      Object value = ((" + type + ") known[row])." + name + "();\n");
    code.append("      values[at + i] = value;\n");
    code.append("      if (value == null) to.setNull(at + i);\n");
    code.append("    }\n  }\n};\n");
  }

  /** Columns and arrays become fields; columns without a component are NULL for good. */
  private void bind(StringBuilder code) {
    boolean[] filled = new boolean[schema.size()];
    code.append("Object[] objects;\nint from;\n");
    for (int i = 0; i < components.size(); i++) {
      int column = components.column(i);
      code.append(columnType(column) + " k" + column + ";\n");
      code.append(arrayType(i) + " v" + column + ";\n");
      if (isLate(i)) {
        late(code, i);
      }
    }
    code.append("public void bind(" + COLUMNS + "Column[] filled) {\n");
    for (int i = 0; i < components.size(); i++) {
      int column = components.column(i);
      filled[column] = true;
      code.append("  k" + column + " = (" + columnType(column) + ") filled[" + column + "];\n");
      code.append("  v" + column + " = k" + column + ".values();\n");
    }
    for (int i = 0; i < filled.length; i++) {
      if (!filled[i]) {
        code.append("  for (int row = 0; row < filled[" + i + "].capacity(); row++) {\n");
        code.append("    filled[" + i + "].setNull(row);\n  }\n");
      }
    }
    code.append("}\n");
  }

  /** What is written without a look at NULL needs its column to have no null bits. */
  private void clearNulls(StringBuilder code, boolean alsoLate) {
    for (int i = 0; i < components.size(); i++) {
      int column = components.column(i);
      boolean isLeftOut = isLate(i) && !alsoLate;
      if (!isLeftOut && !isDirect(components.component(i).getType(), column)) {
        code.append("  k" + column + ".clearNulls();\n");
      }
    }
  }

  private String columnType(int column) {
    return COLUMNS + columnClass(schema.type(column).layout());
  }

  private String arrayType(int index) {
    Layout layout = schema.type(components.column(index)).layout();
    return layout == Layout.OBJECT ? "Object[]" : layout.name().toLowerCase(Locale.ROOT) + "[]";
  }

  /**
   * Columns have no null bits set in rows that are being filled, so that a value needs an
   * assignment only.
   */
  private String fillComponent(int index) {
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
          + " == null) k"
          + column
          + ".setNull(row);";
    }
    return "k"
        + column
        + ".set(row, "
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
