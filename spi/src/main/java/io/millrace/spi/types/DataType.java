package io.millrace.spi.types;

import java.util.List;

/**
 * The type of an SQL value. A closed family of immutable values; {@code equals} is structural.
 *
 * <p>The <em>internal form</em> of a value is what columns hold and compiled code computes with;
 * boxed, as an element of a collection or a constant, it is the class in brackets. The <em>external
 * form</em> is what programs that embed the engine see.
 *
 * <table>
 *   <caption>Forms of values</caption>
 *   <tr><th>type</th><th>internal</th><th>external</th></tr>
 *   <tr><td>BOOLEAN</td><td>boolean (Boolean)</td><td>Boolean</td></tr>
 *   <tr><td>INT</td><td>long in the range of int (Long)</td><td>Integer</td></tr>
 *   <tr><td>BIGINT</td><td>long (Long)</td><td>Long</td></tr>
 *   <tr><td>DOUBLE</td><td>double (Double)</td><td>Double</td></tr>
 *   <tr><td>DECIMAL(p,s)</td><td>BigDecimal of scale s exactly</td><td>BigDecimal</td></tr>
 *   <tr><td>STRING</td><td>String</td><td>String</td></tr>
 *   <tr><td>BYTES</td><td>{@link io.millrace.spi.data.Bytes}</td><td>byte[]</td></tr>
 *   <tr><td>TIMESTAMP</td><td>long, milliseconds since the epoch (Long)</td><td>Instant</td></tr>
 *   <tr><td>DATE</td><td>long, days since the epoch (Long)</td><td>LocalDate</td></tr>
 *   <tr><td>TIME</td><td>long, milliseconds of the day (Long)</td><td>LocalTime</td></tr>
 *   <tr><td>INTERVAL</td><td>long, milliseconds (Long)</td><td>Duration</td></tr>
 *   <tr><td>ARRAY</td><td>unmodifiable List of boxed internal values, null for NULL</td><td>List of external values</td></tr>
 *   <tr><td>MAP</td><td>unmodifiable Map of boxed internal values, in insertion order, no NULL keys</td><td>Map of external values</td></tr>
 *   <tr><td>STRUCT</td><td>{@link io.millrace.spi.data.Struct}</td><td>Map by field name, or a record</td></tr>
 * </table>
 */
public sealed interface DataType {

  /** The greatest precision of a DECIMAL. */
  int MAX_PRECISION = 38;

  DataType BOOLEAN = Simple.BOOLEAN;
  DataType INT = Simple.INT;
  DataType BIGINT = Simple.BIGINT;
  DataType DOUBLE = Simple.DOUBLE;
  DataType STRING = Simple.STRING;
  DataType BYTES = Simple.BYTES;
  DataType TIMESTAMP = Simple.TIMESTAMP;
  DataType DATE = Simple.DATE;
  DataType TIME = Simple.TIME;
  DataType INTERVAL = Simple.INTERVAL;

  /**
   * The type of the literal NULL, which widens to every type. No column of a declared stream has
   * it.
   */
  DataType NULL = Simple.NULL;

  Layout layout();

  /** The type in SQL, such as {@code DECIMAL(10,2)} or {@code ARRAY<STRING>}. */
  String sql();

  <R> R accept(DataTypeVisitor<R> visitor);

  static DataType decimal(int precision, int scale) {
    return new Decimal(precision, scale);
  }

  static DataType array(DataType element) {
    return new Array(element);
  }

  static DataType map(DataType key, DataType value) {
    return new MapOf(key, value);
  }

  /** Types without parameters. */
  enum Simple implements DataType {
    BOOLEAN(Layout.BOOLEAN),
    INT(Layout.LONG),
    BIGINT(Layout.LONG),
    DOUBLE(Layout.DOUBLE),
    STRING(Layout.OBJECT),
    BYTES(Layout.OBJECT),
    TIMESTAMP(Layout.LONG),
    DATE(Layout.LONG),
    TIME(Layout.LONG),
    INTERVAL(Layout.LONG),
    NULL(Layout.OBJECT);

    private final Layout layout;

    Simple(Layout layout) {
      this.layout = layout;
    }

    @Override
    public Layout layout() {
      return layout;
    }

    @Override
    public String sql() {
      return name();
    }

    @Override
    public <R> R accept(DataTypeVisitor<R> visitor) {
      return visitor.visitSimple(this);
    }
  }

  /**
   * An exact decimal number.
   *
   * @param precision digits in all, 1 to 38
   * @param scale digits after the point, 0 to precision
   */
  record Decimal(int precision, int scale) implements DataType {
    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "not a decimal type: DECIMAL(" + precision + "," + scale + ")");
      }
    }

    @Override
    public Layout layout() {
      return Layout.OBJECT;
    }

    @Override
    public String sql() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }

    @Override
    public <R> R accept(DataTypeVisitor<R> visitor) {
      return visitor.visitDecimal(this);
    }
  }

  /** A list of values of one type. */
  record Array(DataType element) implements DataType {
    @Override
    public Layout layout() {
      return Layout.OBJECT;
    }

    @Override
    public String sql() {
      return "ARRAY<" + element.sql() + ">";
    }

    @Override
    public <R> R accept(DataTypeVisitor<R> visitor) {
      return visitor.visitArray(this);
    }
  }

  /** A map from keys of one type to values of another. */
  record MapOf(DataType key, DataType value) implements DataType {
    @Override
    public Layout layout() {
      return Layout.OBJECT;
    }

    @Override
    public String sql() {
      return "MAP<" + key.sql() + ", " + value.sql() + ">";
    }

    @Override
    public <R> R accept(DataTypeVisitor<R> visitor) {
      return visitor.visitMap(this);
    }
  }

  /** Named fields. Their names are unique without regard to case. */
  record StructOf(List<Field> fields) implements DataType {
    public StructOf {
      fields = List.copyOf(fields);
    }

    @Override
    public Layout layout() {
      return Layout.OBJECT;
    }

    @Override
    public String sql() {
      StringBuilder sql = new StringBuilder("STRUCT<");
      for (Field field : fields) {
        sql.append(sql.length() > "STRUCT<".length() ? ", " : "")
            .append(field.name())
            .append(' ')
            .append(field.type().sql());
      }
      return sql.append('>').toString();
    }

    @Override
    public <R> R accept(DataTypeVisitor<R> visitor) {
      return visitor.visitStruct(this);
    }
  }
}
