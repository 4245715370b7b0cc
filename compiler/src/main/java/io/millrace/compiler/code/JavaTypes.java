package io.millrace.compiler.code;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Layout;

/** How the internal forms of SQL types are spelt in Java. */
public final class JavaTypes {
  private static final ObjectNames OBJECT_NAMES = new ObjectNames();

  private JavaTypes() {}

  /** The Java type of a value: a primitive one where there is one. */
  public static String of(DataType type) {
    return switch (type.layout()) {
      case BOOLEAN -> "boolean";
      case LONG -> "long";
      case DOUBLE -> "double";
      case OBJECT -> type.accept(OBJECT_NAMES);
    };
  }

  /** The class of a boxed value. */
  public static String boxed(DataType type) {
    return switch (type.layout()) {
      case BOOLEAN -> "Boolean";
      case LONG -> "Long";
      case DOUBLE -> "Double";
      case OBJECT -> type.accept(OBJECT_NAMES);
    };
  }

  /** What a variable holds while its value is NULL. */
  public static String placeholder(DataType type) {
    return switch (type.layout()) {
      case BOOLEAN -> "false";
      case LONG -> "0L";
      case DOUBLE -> "0.0";
      case OBJECT -> "null";
    };
  }

  /** Boxes the value of some code. */
  public static String box(DataType type, String code) {
    return type.layout() == Layout.OBJECT ? code : boxed(type) + ".valueOf(" + code + ")";
  }

  /** Unboxes an object that is not null. */
  public static String unbox(DataType type, String code) {
    String cast = "((" + boxed(type) + ") " + code + ")";
    return type.layout() == Layout.OBJECT ? cast : cast + "." + of(type) + "Value()";
  }

  /** The class of columns. */
  public static String column(Layout layout) {
    return switch (layout) {
      case BOOLEAN -> "BooleanColumn";
      case LONG -> "LongColumn";
      case DOUBLE -> "DoubleColumn";
      case OBJECT -> "ObjectColumn";
    };
  }

  /** The elements of a column's array. */
  public static String element(Layout layout) {
    return switch (layout) {
      case BOOLEAN -> "boolean";
      case LONG -> "long";
      case DOUBLE -> "double";
      case OBJECT -> "Object";
    };
  }

  private static final class ObjectNames implements DataTypeVisitor<String> {
    @Override
    public String visitSimple(DataType.Simple type) {
      return switch (type) {
        case STRING -> "String";
        case BYTES -> "Bytes";
        default -> "Object";
      };
    }

    @Override
    public String visitDecimal(DataType.Decimal type) {
      return "BigDecimal";
    }

    @Override
    public String visitArray(DataType.Array type) {
      return "List";
    }

    @Override
    public String visitMap(DataType.MapOf type) {
      return "Map";
    }

    @Override
    public String visitStruct(DataType.StructOf type) {
      return "Struct";
    }
  }
}
