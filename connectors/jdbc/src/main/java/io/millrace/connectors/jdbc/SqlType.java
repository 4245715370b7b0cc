package io.millrace.connectors.jdbc;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.DataTypeVisitor;
import io.millrace.spi.types.Field;
import java.sql.Types;
import java.util.Set;

/**
 * What a type of the language is in a database.
 *
 * @param kind how its values are given and taken
 * @param standardName its name in SQL:2016
 */
record SqlType(Kind kind, String standardName) {
  private static final Set<Integer> INTEGERS =
      Set.of(
          Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.DECIMAL);
  private static final Set<Integer> FLOATS = Set.of(Types.REAL, Types.FLOAT, Types.DOUBLE);
  private static final Set<Integer> BINARIES =
      Set.of(Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB);

  /** How values are given to a statement and taken from a result. */
  enum Kind {
    BOOLEAN,
    INT,
    LONG,
    DOUBLE,
    DECIMAL,
    TEXT,
    BYTES,
    TIMESTAMP,
    DATE,
    TIME
  }

  /** Whether columns of a type of {@link Types} take and give the values; text any. */
  boolean fits(int jdbcType) {
    return switch (kind) {
      case BOOLEAN ->
          jdbcType == Types.BOOLEAN || jdbcType == Types.BIT || jdbcType == Types.TINYINT;
      case INT, LONG, DECIMAL -> INTEGERS.contains(jdbcType);
      case DOUBLE -> INTEGERS.contains(jdbcType) || FLOATS.contains(jdbcType);
      case TEXT -> true;
      case BYTES -> BINARIES.contains(jdbcType);
      case TIMESTAMP -> jdbcType == Types.TIMESTAMP || jdbcType == Types.TIMESTAMP_WITH_TIMEZONE;
      case DATE -> jdbcType == Types.DATE;
      case TIME -> jdbcType == Types.TIME;
    };
  }

  /**
   * The type of a column.
   *
   * @throws MillraceException if no column of a database takes its values
   */
  static SqlType of(Field column) {
    return column.type().accept(new Mapping(column));
  }

  private record Mapping(Field column) implements DataTypeVisitor<SqlType> {
    @Override
    public SqlType visitSimple(DataType.Simple type) {
      return switch (type) {
        case BOOLEAN -> new SqlType(Kind.BOOLEAN, "BOOLEAN");
        case INT -> new SqlType(Kind.INT, "INTEGER");
        case BIGINT, INTERVAL -> new SqlType(Kind.LONG, "BIGINT");
        case DOUBLE -> new SqlType(Kind.DOUBLE, "DOUBLE PRECISION");
        case STRING -> new SqlType(Kind.TEXT, "VARCHAR");
        case BYTES -> new SqlType(Kind.BYTES, "VARBINARY");
        case TIMESTAMP -> new SqlType(Kind.TIMESTAMP, "TIMESTAMP(3) WITH TIME ZONE");
        case DATE -> new SqlType(Kind.DATE, "DATE");
        case TIME -> new SqlType(Kind.TIME, "TIME(3)");
        case NULL -> throw refused();
      };
    }

    @Override
    public SqlType visitDecimal(DataType.Decimal type) {
      return new SqlType(Kind.DECIMAL, type.sql());
    }

    @Override
    public SqlType visitArray(DataType.Array type) {
      throw refused();
    }

    @Override
    public SqlType visitMap(DataType.MapOf type) {
      throw refused();
    }

    @Override
    public SqlType visitStruct(DataType.StructOf type) {
      throw refused();
    }

    private MillraceException refused() {
      return new MillraceException(
          "column '"
              + column.name()
              + "' is "
              + column.type().sql()
              + ", which has no form in a database; select its elements, or its JSON as a STRING");
    }
  }
}
