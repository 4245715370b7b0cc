package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A join of {@code A}, {@code B} and {@code C}, of which no row is late, by columns that are equal.
 *
 * @param isOfFirst whether the second condition names A, from which its bound is measured then
 */
record ThreeWayJoin(Step first, Step second, boolean isOfFirst) {

  /**
   * One of its two joins.
   *
   * @param left the column of what is joined already
   * @param right the column of what is joined
   */
  record Step(boolean isOuter, long before, long after, String left, String right) {
    static Step random(Random random) {
      List<List<String>> columns = List.of(List.of("k", "k"), List.of("a", "a"), List.of("a", "b"));
      List<String> key = columns.get(random.nextInt(columns.size()));
      return new Step(
          random.nextInt(3) == 0,
          700L * random.nextInt(12),
          700L * random.nextInt(12),
          key.get(0),
          key.get(1));
    }

    private String sql(String left, String stream, String alias) {
      return (isOuter ? " LEFT JOIN " : " JOIN ")
          + stream
          + " "
          + alias
          + " WITHIN ("
          + before
          + " MS, "
          + after
          + " MS) ON "
          + left
          + "."
          + this.left
          + " = "
          + alias
          + "."
          + right;
    }

    private boolean isPair(@Nullable InputRow left, InputRow right) {
      if (left == null) {
        return false;
      }
      Object key = left.value(this.left);
      return key != null
          && key.equals(right.value(this.right))
          && right.ts() >= left.ts() - before
          && right.ts() <= left.ts() + after;
    }

    /** What a row meets; a null if it meets none and is sent all the same. */
    private List<@Nullable InputRow> partners(@Nullable InputRow left, List<InputRow> candidates) {
      List<@Nullable InputRow> partners = new ArrayList<>();
      candidates.stream().filter(right -> isPair(left, right)).forEach(partners::add);
      if (partners.isEmpty() && isOuter) {
        partners.add(null);
      }
      return partners;
    }
  }

  /** A row of a stream. */
  record Row(String stream, InputRow row) {
    static Row random(Random random, int step) {
      String stream = String.valueOf((char) ('A' + random.nextInt(3)));
      return new Row(stream, SidedRow.random(random, step, 0).row());
    }

    JoinRun.Event event() {
      return new JoinRun.Event(stream, false, row.toMap(), row.ts());
    }
  }

  static ThreeWayJoin random(Random random) {
    return new ThreeWayJoin(Step.random(random), Step.random(random), random.nextBoolean());
  }

  String sql() {
    StringBuilder script = new StringBuilder();
    for (String stream : List.of("A", "B", "C")) {
      script.append("CREATE STREAM ").append(stream).append(SidedRow.STREAM);
      script.append("WATERMARK FOR ts AS ts - 1 MIN);\n");
    }
    return script
        + "CREATE STREAM O AS SELECT x.a AS xa, x.b AS xb, y.a AS ya, y.b AS yb,"
        + " z.a AS za, z.b AS zb FROM A x"
        + first.sql("x", "B", "y")
        + second.sql(isOfFirst ? "x" : "y", "C", "z")
        + ";";
  }

  /** All combinations, in any order; where rows may be missing their times are not told. */
  List<ResultRow> results(List<Row> history) {
    List<ResultRow> rows = new ArrayList<>();
    List<InputRow> others = of("B", history);
    List<InputRow> thirds = of("C", history);
    for (InputRow x : of("A", history)) {
      for (InputRow y : first.partners(x, others)) {
        for (InputRow z : second.partners(isOfFirst ? x : y, thirds)) {
          rows.add(joined(x, y, z));
        }
      }
    }
    return rows;
  }

  private static List<InputRow> of(String stream, List<Row> history) {
    return history.stream().filter(row -> row.stream().equals(stream)).map(Row::row).toList();
  }

  private ResultRow joined(InputRow x, @Nullable InputRow y, @Nullable InputRow z) {
    List<@Nullable Object> values = new ArrayList<>();
    long time = Long.MIN_VALUE;
    for (InputRow row : Arrays.asList(x, y, z)) {
      values.add(row == null ? null : row.a());
      values.add(row == null ? null : row.b());
      time = row == null ? time : Math.max(time, row.ts());
    }
    boolean isTimed = !first.isOuter() && !second.isOuter();
    return new ResultRow(isTimed ? time : ResultRow.ANY_TIME, values);
  }
}
