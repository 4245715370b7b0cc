package io.millrace.language.analysis;

import java.util.Random;

/** Random statements over the streams of {@link Cases#DECLARATIONS}, mostly well typed. */
final class QueryGenerator {
  private static final String[] NUMBERS = {
    "price", "volume", "small", "exact", "1", "0", "2.5", "1e3"
  };
  private static final String[] ARITHMETIC = {"+", "-", "*", "/", "%"};
  private static final String[] COMPARISONS = {"=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM"};
  private static final String[] ATOMS = {
    "NULL", "tags", "place", "props", "day", "span", "nothing"
  };
  private static final String[] AGGREGATES = {"count", "sum", "avg", "min", "max"};
  private static final String[] WINDOWS = {
    "", "", "", " WINDOW TUMBLING (10 SEC)", " WINDOW LENGTH (3)"
  };

  private final Random random;
  private int created;

  QueryGenerator(Random random) {
    this.random = random;
  }

  private String pick(String... options) {
    return options[random.nextInt(options.length)];
  }

  String statement() {
    return switch (random.nextInt(6)) {
      case 0 -> "CREATE STREAM S" + created++ + " AS " + query(3);
      case 1 -> "CREATE TABLE V" + created++ + " AS " + query(3);
      case 2 -> "INSERT INTO W SELECT symbol, volume, at FROM " + source(2) + where();
      case 3 -> "EXPLAIN " + query(3);
      default -> query(3);
    };
  }

  private String query(int depth) {
    boolean isGrouped = random.nextInt(3) == 0;
    String source = source(depth);
    String window = source.equals("T") ? pick(WINDOWS) : "";
    String columns =
        isGrouped
            ? "symbol, " + aggregate() + " AS x, " + aggregate() + " AS y"
            : pick(
                "*",
                "symbol, volume, small, price, exact, flag, at, tags, place, props, day, span",
                number(3) + " AS x, " + condition(3) + " AS y",
                "DISTINCT symbol, " + number(2));
    return "SELECT "
        + columns
        + " FROM "
        + source
        + window
        + where()
        + (isGrouped ? " GROUP BY symbol" + pick("", " HAVING x > 1", " HAVING symbol = 'a'") : "")
        + pick("", "", "", "", "", " PARTITION BY symbol", " EMIT CHANGES", " EMIT FINAL");
  }

  private String source(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return pick("T", "T", "T", "T", "T", "T", "T", "T", "W", "U");
    }
    return switch (random.nextInt(4)) {
      case 0 -> "(" + query(depth - 1) + ") q";
      case 1 -> "(" + source(depth - 1) + " UNION ALL " + source(depth - 1) + ")";
      case 2 -> source(depth - 1) + " CROSS JOIN UNNEST(tags) AS u(tag)";
      default -> "T";
    };
  }

  private String where() {
    return random.nextBoolean() ? "" : " WHERE " + condition(3);
  }

  private String aggregate() {
    return pick(AGGREGATES)
        + "("
        + number(2)
        + ")"
        + pick("", " FILTER (WHERE " + condition(1) + ")");
  }

  private String number(int depth) {
    if (depth == 0) {
      return random.nextInt(60) == 0 ? pick(ATOMS) : pick(NUMBERS);
    }
    return switch (random.nextInt(6)) {
      case 0 -> "(" + number(depth - 1) + " " + pick(ARITHMETIC) + " " + number(depth - 1) + ")";
      case 1 -> "CASE WHEN " + condition(depth - 1) + " THEN " + number(depth - 1) + " END";
      case 2 -> "coalesce(" + number(depth - 1) + ", " + number(depth - 1) + ")";
      case 3 -> "abs(" + number(depth - 1) + ")";
      case 4 -> "-" + number(0);
      default ->
          "CAST(" + number(depth - 1) + " AS " + pick("INT", "BIGINT", "DOUBLE", "STRING") + ")";
    };
  }

  private String condition(int depth) {
    if (depth == 0) {
      return pick("flag", "TRUE", "FALSE", "NULL", "symbol = 'a'", "symbol LIKE 'a%'");
    }
    return switch (random.nextInt(7)) {
      case 0 -> "(" + condition(depth - 1) + " AND " + condition(depth - 1) + ")";
      case 1 -> "(" + condition(depth - 1) + " OR " + condition(depth - 1) + ")";
      case 2 -> "NOT " + condition(depth - 1);
      case 3 -> number(depth - 1) + " IN (" + number(0) + ", " + number(0) + ")";
      case 4 -> number(depth - 1) + " BETWEEN " + number(0) + " AND " + number(0);
      case 5 -> number(depth - 1) + " IS NULL";
      default -> number(depth - 1) + " " + pick(COMPARISONS) + " " + number(depth - 1);
    };
  }
}
