package io.millrace.spi.types;

import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the SQL text of a type, such as {@code MAP<STRING, ARRAY<DECIMAL(10,2)>>}, with the
 * synonyms of the language: {@code INTEGER}, {@code LONG}, {@code VARCHAR(n)}, {@code ROW<…>}. What
 * {@link DataType#sql} writes is read back as the same type.
 */
public final class TypeParser {
  /** Types nested deeper than this are refused, so that no text exhausts the stack. */
  public static final int MAX_DEPTH = 64;

  private static final Map<String, DataType> SIMPLE =
      Map.ofEntries(
          Map.entry("BOOLEAN", DataType.BOOLEAN),
          Map.entry("INT", DataType.INT),
          Map.entry("INTEGER", DataType.INT),
          Map.entry("BIGINT", DataType.BIGINT),
          Map.entry("LONG", DataType.BIGINT),
          Map.entry("DOUBLE", DataType.DOUBLE),
          Map.entry("STRING", DataType.STRING),
          Map.entry("BYTES", DataType.BYTES),
          Map.entry("TIMESTAMP", DataType.TIMESTAMP),
          Map.entry("DATE", DataType.DATE),
          Map.entry("TIME", DataType.TIME),
          Map.entry("INTERVAL", DataType.INTERVAL));

  private final TypeScanner scanner;

  private TypeParser(TypeScanner scanner) {
    this.scanner = scanner;
  }

  /**
   * Reads a type.
   *
   * @throws MillraceException if the text is none; the message says what was expected
   */
  public static DataType parse(String text) {
    TypeScanner scanner = new TypeScanner(text);
    DataType type = new TypeParser(scanner).type(0);
    scanner.expectEnd();
    return type;
  }

  /** The type without parameters that has this name, a synonym included, in any case. */
  public static Optional<DataType> findSimple(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return Optional.ofNullable(upper.equals("VARCHAR") ? DataType.STRING : SIMPLE.get(upper));
  }

  private DataType type(int depth) {
    if (depth > MAX_DEPTH) {
      throw new MillraceException("the type is nested more than " + MAX_DEPTH + " levels deep");
    }
    for (String struct : List.of("STRUCT", "ROW")) {
      if (scanner.accept(struct)) {
        return struct(depth);
      }
    }
    if (scanner.accept("DECIMAL")) {
      return decimal();
    }
    if (scanner.accept("ARRAY")) {
      scanner.expect("<");
      DataType element = type(depth + 1);
      scanner.expect(">");
      return DataType.array(element);
    }
    if (scanner.accept("MAP")) {
      scanner.expect("<");
      DataType key = type(depth + 1);
      scanner.expect(",");
      DataType value = type(depth + 1);
      scanner.expect(">");
      return DataType.map(key, value);
    }
    return simple();
  }

  private DataType simple() {
    MillraceException unknown = scanner.expected("a type");
    String name = scanner.word("a type");
    DataType type = findSimple(name).orElseThrow(() -> unknown);
    if (name.equalsIgnoreCase("VARCHAR") && scanner.accept("(")) {
      scanner.number();
      scanner.expect(")");
    }
    return type;
  }

  private DataType decimal() {
    scanner.expect("(");
    int precision = scanner.number();
    int scale = scanner.accept(",") ? scanner.number() : 0;
    scanner.expect(")");
    if (precision < 1 || precision > DataType.MAX_PRECISION || scale > precision) {
      throw new MillraceException(
          "DECIMAL("
              + precision
              + ","
              + scale
              + ") is no type: expected a precision from 1 to "
              + DataType.MAX_PRECISION
              + " and a scale of at most the precision");
    }
    return DataType.decimal(precision, scale);
  }

  private DataType struct(int depth) {
    scanner.expect("<");
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    do {
      String name = scanner.word("the name of a field");
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new MillraceException("field '" + name + "' appears twice in a STRUCT");
      }
      fields.add(new Field(name, type(depth + 1)));
    } while (scanner.accept(","));
    scanner.expect(">");
    return new DataType.StructOf(fields);
  }
}
