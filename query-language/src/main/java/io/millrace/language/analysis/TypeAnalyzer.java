package io.millrace.language.analysis;

import io.millrace.language.ast.ArrayTypeName;
import io.millrace.language.ast.DataTypeName;
import io.millrace.language.ast.DataTypeNameVisitor;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.MapTypeName;
import io.millrace.language.ast.SimpleTypeName;
import io.millrace.language.ast.StructFieldName;
import io.millrace.language.ast.StructTypeName;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the types that names of types mean. One that is wrong becomes the type of NULL. */
final class TypeAnalyzer implements DataTypeNameVisitor<DataType> {
  private static final Map<String, DataType> SIMPLE =
      Map.ofEntries(
          Map.entry("BOOLEAN", DataType.BOOLEAN),
          Map.entry("INT", DataType.INT),
          Map.entry("INTEGER", DataType.INT),
          Map.entry("BIGINT", DataType.BIGINT),
          Map.entry("LONG", DataType.BIGINT),
          Map.entry("DOUBLE", DataType.DOUBLE),
          Map.entry("STRING", DataType.STRING),
          Map.entry("VARCHAR", DataType.STRING),
          Map.entry("BYTES", DataType.BYTES),
          Map.entry("TIMESTAMP", DataType.TIMESTAMP),
          Map.entry("DATE", DataType.DATE),
          Map.entry("TIME", DataType.TIME),
          Map.entry("INTERVAL", DataType.INTERVAL));

  /** Types by the names that they have elsewhere. */
  private static final Map<String, String> FOREIGN =
      Map.ofEntries(
          Map.entry("FLOAT", "DOUBLE"),
          Map.entry("REAL", "DOUBLE"),
          Map.entry("TEXT", "STRING"),
          Map.entry("CHAR", "STRING"),
          Map.entry("SMALLINT", "INT"),
          Map.entry("TINYINT", "INT"),
          Map.entry("NUMERIC", "DECIMAL"),
          Map.entry("DATETIME", "TIMESTAMP"),
          Map.entry("TIMESTAMP_LTZ", "TIMESTAMP"),
          Map.entry("BOOL", "BOOLEAN"),
          Map.entry("LIST", "ARRAY"),
          Map.entry("VARBINARY", "BYTES"),
          Map.entry("OBJECT", "STRUCT"));

  /** More digits than any type has. */
  private static final BigInteger BIG = BigInteger.valueOf(1_000);

  private final Reporter reporter;
  private final Map<String, DataType> created = new HashMap<>();

  TypeAnalyzer(Reporter reporter) {
    this.reporter = reporter;
  }

  DataType analyze(DataTypeName name) {
    return name.accept(this);
  }

  /** CREATE TYPE name AS type. */
  void create(Identifier name, DataTypeName type) {
    String key = name.name().toUpperCase(Locale.ROOT);
    DataType meaning = analyze(type);
    if (SIMPLE.containsKey(key) || key.equals("DECIMAL") || created.containsKey(key)) {
      reporter.error(
          "duplicate-name", name.span(), "there is already a type '" + name.name() + "'");
    } else {
      created.put(key, meaning);
    }
  }

  @Override
  public DataType visitSimpleTypeName(SimpleTypeName type) {
    String name = type.name().name().toUpperCase(Locale.ROOT);
    if (name.equals("DECIMAL")) {
      return decimal(type);
    }
    DataType found = SIMPLE.getOrDefault(name, created.get(name));
    if (found == null) {
      List<String> known = new ArrayList<>(new TreeSet<>(SIMPLE.keySet()));
      known.addAll(List.of("DECIMAL", "ARRAY", "MAP", "STRUCT"));
      known.addAll(created.keySet());
      String foreign = FOREIGN.get(name);
      reporter.error(
          "unknown-type",
          type.span(),
          "unknown type '" + type.name().name() + "'",
          foreign != null
              ? Optional.of("it is called " + foreign + " here")
              : NearestName.hint(type.name().name(), known)
                  .or(() -> Optional.of("the types are " + String.join(", ", known))));
      return DataType.NULL;
    }
    boolean takesLength = name.equals("VARCHAR") && type.parameters().size() == 1;
    if (!type.parameters().isEmpty() && !takesLength) {
      reporter.error(
          "bad-type",
          type.span(),
          "type '" + type.name().name() + "' takes no parameters",
          found.equals(DataType.TIMESTAMP)
              ? "write " + name + ", which has milliseconds"
              : "write " + name);
    }
    return found;
  }

  private DataType decimal(SimpleTypeName type) {
    int count = type.parameters().size();
    if (count < 1 || count > 2) {
      reporter.error(
          "bad-type",
          type.span(),
          "DECIMAL needs the number of its digits",
          "write DECIMAL(10, 2) for ten digits, two of them after the point");
      return DataType.NULL;
    }
    int precision = type.parameters().get(0).value().min(BIG).intValue();
    int scale = count == 2 ? type.parameters().get(1).value().min(BIG).intValue() : 0;
    if (precision < 1 || precision > DataType.MAX_PRECISION || scale > precision) {
      reporter.error(
          "bad-type",
          type.span(),
          "a DECIMAL has 1 to "
              + DataType.MAX_PRECISION
              + " digits, and no more after the point than in all");
      return DataType.NULL;
    }
    return DataType.decimal(precision, scale);
  }

  @Override
  public DataType visitArrayTypeName(ArrayTypeName type) {
    return DataType.array(analyze(type.element()));
  }

  @Override
  public DataType visitMapTypeName(MapTypeName type) {
    return DataType.map(analyze(type.key()), analyze(type.value()));
  }

  @Override
  public DataType visitStructTypeName(StructTypeName type) {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (StructFieldName field : type.fields()) {
      if (!names.add(field.name().name().toLowerCase(Locale.ROOT))) {
        reporter.error(
            "duplicate-name",
            field.name().span(),
            "there is already a field '" + field.name().name() + "'");
        continue;
      }
      fields.add(new Field(field.name().name(), analyze(field.type())));
    }
    return new DataType.StructOf(fields);
  }
}
