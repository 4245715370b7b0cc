package io.millrace.conformance.filter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random filters over a stream {@code S} in SQL, and random rows for it. */
final class FilterQueries {
  static final String STREAM =
      "CREATE STREAM S (n BIGINT, a BIGINT, b INT, x DOUBLE, s STRING, d DECIMAL(6,2), ts BIGINT,"
          + " TIMESTAMP BY ts);\n";

  private static final String[] DOUBLES = {"-1e0", "0e0", "-0e0", "1e0", "2.5e0", "1e300"};
  private static final double[] STRANGE = {
    Double.NaN, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e300
  };
  private static final String[] COLUMNS = {"a", "b", "x", "s", "d"};
  private static final String[] COMPARISONS = {"=", "<", "<=", ">", ">=", "<>"};

  private final Random random;

  FilterQueries(Random random) {
    this.random = random;
  }

  /** Queries of one shape that differ in their constants. */
  List<String> alike(int count) {
    long shape = random.nextLong();
    List<String> queries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      queries.add(query(new Random(shape)));
    }
    return queries;
  }

  private String query(Random shape) {
    List<String> terms = new ArrayList<>();
    for (int i = shape.nextInt(4); i >= 0; i--) {
      terms.add(term(shape, 2));
    }
    String last = shape.nextInt(3) == 0 ? "12 / (a - 2) AS q" : "a AS q";
    return "SELECT n, " + last + " FROM S WHERE " + String.join(" AND ", terms);
  }

  private String term(Random shape, int depth) {
    String column = COLUMNS[shape.nextInt(COLUMNS.length)];
    return switch (shape.nextInt(depth > 0 ? 13 : 9)) {
      case 0 -> constant(column) + " < " + column;
      case 1 -> column + " BETWEEN " + constant(column) + " AND " + constant(column);
      case 2 -> column + " IN (" + constant(column) + ", " + constant(column) + ")";
      case 3 -> column + " = " + constant(column) + " OR " + column + " = " + constant(column);
      case 4 -> "10 / a > " + constant("a");
      case 5 -> "a % 2 = " + (random.nextInt(3) - 1);
      case 6 -> "CAST(s AS BIGINT) >= " + constant("b");
      case 7 -> "NOT (" + column + " > " + constant(column) + ")";
      case 8 -> column + " IS NOT NULL";
      case 9 -> "(" + term(shape, depth - 1) + " OR " + term(shape, depth - 1) + ")";
      case 10 -> "(" + term(shape, depth - 1) + " AND " + term(shape, depth - 1) + ")";
      default ->
          column + " " + COMPARISONS[shape.nextInt(COMPARISONS.length)] + " " + constant(column);
    };
  }

  private String constant(String column) {
    return switch (column) {
      case "x" -> DOUBLES[random.nextInt(DOUBLES.length)];
      case "s" -> "'" + text() + "'";
      case "d" -> "CAST(" + random.nextInt(4) + " AS DECIMAL(6,2))";
      case "a" ->
          random.nextInt(10) == 0 ? "9223372036854775807" : String.valueOf(random.nextInt(6) - 1);
      default -> String.valueOf(random.nextInt(6) - 1);
    };
  }

  private String text() {
    return random.nextInt(3) == 0 ? "" + (char) ('a' + random.nextInt(3)) : "" + random.nextInt(4);
  }

  /** The values of a row but for its number and its time. */
  static List<@Nullable Object> row(Random random) {
    FilterQueries values = new FilterQueries(random);
    return Arrays.asList(
        values.orNull(
            random.nextInt(12) == 0 ? Long.MAX_VALUE - random.nextInt(2) : values.small()),
        values.orNull(values.small()),
        values.orNull(
            random.nextInt(4) == 0
                ? STRANGE[random.nextInt(STRANGE.length)]
                : values.small() / 2.0),
        values.orNull(values.text()),
        values.orNull(BigDecimal.valueOf(100L * random.nextInt(4), 2)));
  }

  private long small() {
    return random.nextInt(6) - 1L;
  }

  private @Nullable Object orNull(Object value) {
    return random.nextInt(6) == 0 ? null : value;
  }
}
