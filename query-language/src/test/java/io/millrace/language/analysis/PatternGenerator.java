package io.millrace.language.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random queries over patterns of the streams of {@link #DECLARATIONS}, most of them right. A
 * column {@code a.x} is called {@code a_x}, {@code a[last].x} is called {@code a_last_x}.
 */
final class PatternGenerator {
  static final String DECLARATIONS =
      "CREATE STREAM A (k BIGINT, v BIGINT, x DOUBLE);"
          + "CREATE STREAM B (k BIGINT, w STRING, v BIGINT);"
          + "CREATE STREAM C (k INT, v BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - 1 SEC);";

  private static final String[] STREAMS = {"A", "A", "B", "C"};

  private final Random random;
  private final List<String> scalars = new ArrayList<>();
  private final List<String> lists = new ArrayList<>();
  private int elements;

  PatternGenerator(Random random) {
    this.random = random;
  }

  private String pick(String... options) {
    return options[random.nextInt(options.length)];
  }

  String query() {
    scalars.clear();
    lists.clear();
    elements = 0;
    String pattern =
        pick("EVERY ", "") + "(" + sequence(2) + ")" + pick(" -> ", " , ") + sequence(2);
    List<String> columns = new ArrayList<>();
    columns.add("ROWTIME AS t");
    for (String name : scalars) {
      for (String column : List.of("k", "v", "ROWTIME")) {
        if (random.nextInt(2) == 0) {
          columns.add(name + "." + column + " AS " + name + "_" + column);
        }
      }
    }
    for (String name : lists) {
      columns.add(name + "[last].v AS " + name + "_last_v");
      columns.add("sum(" + name + ".v) + count(" + name + ") AS " + name + "_s");
    }
    return "SELECT "
        + String.join(", ", columns)
        + " FROM PATTERN ("
        + pattern
        + pick("", " WITHIN 1 MIN")
        + ")"
        + (scalars.isEmpty() ? "" : pick("", " WHERE " + scalars.get(0) + ".v > 1"))
        + pick("", " PARTITION BY k", " PARTITION BY v");
  }

  private String sequence(int depth) {
    StringBuilder text = new StringBuilder(term(depth));
    for (int i = random.nextInt(3); i > 0; i--) {
      text.append(pick(" -> ", " -> ", " , ")).append(term(depth));
    }
    return text.toString();
  }

  private String term(int depth) {
    return switch (depth == 0 ? random.nextInt(2) : random.nextInt(7)) {
      case 0, 1 -> element(false);
      case 2 -> element(true) + pick("+", "{2}", "{1,3}?");
      case 3 -> "(" + sequence(depth - 1) + pick("", " WITHIN 5 SEC") + ")";
      case 4 -> "(" + element(false) + pick(" AND ", " OR ") + element(false) + ")";
      case 5 -> element(false) + " -> NOT " + absent() + " FOR 1 SEC";
      default -> element(false) + " -> NOT " + absent() + " -> " + element(false);
    };
  }

  private String absent() {
    return pick(STREAMS) + condition("");
  }

  private String element(boolean isList) {
    String name = "e" + elements++;
    String text = name + " = " + pick(STREAMS) + condition(isList ? name : "");
    (isList ? lists : scalars).add(name);
    return text;
  }

  /** A condition that reads what came before, or stands beside it. */
  private String condition(String own) {
    List<String> terms = new ArrayList<>();
    terms.add("v > " + random.nextInt(5));
    if (!scalars.isEmpty()) {
      terms.add("v > " + scalars.get(random.nextInt(scalars.size())) + pick(".v", ".k"));
    }
    if (!lists.isEmpty()) {
      String list = lists.get(random.nextInt(lists.size()));
      terms.add(
          pick("v < " + list + "[last].k", "v <> max(" + list + ".v)", "k > " + list + "[2].v"));
    }
    if (!own.isEmpty()) {
      terms.add(pick("v > " + own + "[last].v", "count(" + own + ") < 3", "avg(v) < v"));
    }
    return random.nextInt(3) == 0 ? "" : " (" + terms.get(random.nextInt(terms.size())) + ")";
  }
}
