package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A join of {@code A}, {@code B} and {@code C}, of which no row is late, by columns that are equal.
 *
 * @param isOfFirst whether the second condition names A, from which its bound is measured then
 * @param isOfBoth whether it names B beside it, whose row may be missing
 * @param isInOrder whether rows come in the order of their times, and leave as soon as they may
 */
record ThreeWayJoin(
    Step first, Step second, boolean isOfFirst, boolean isOfBoth, boolean isInOrder) {

  /**
   * One of its two joins.
   *
   * @param left the column of what is joined already
   * @param right the column of what is joined
   */
  record Step(
      boolean keepsLeft, boolean keepsRight, long before, long after, String left, String right) {
    static Step random(Random random) {
      List<List<String>> columns = List.of(List.of("k", "k"), List.of("a", "a"), List.of("a", "b"));
      List<String> key = columns.get(random.nextInt(columns.size()));
      return new Step(
          random.nextInt(3) == 0,
          random.nextInt(4) == 0,
          700L * random.nextInt(12),
          700L * random.nextInt(12),
          key.get(0),
          key.get(1));
    }

    private String sql(String left, String stream, String alias) {
      String kind = keepsLeft ? keepsRight ? " FULL" : " LEFT" : keepsRight ? " RIGHT" : "";
      return kind
          + " JOIN "
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

    /** All that belong together, and those that meet none and are kept, beside a null. */
    private <L> void join(
        List<L> lefts,
        List<InputRow> rights,
        BiPredicate<L, InputRow> isPair,
        BiConsumer<@Nullable L, @Nullable InputRow> to) {
      for (L left : lefts) {
        rights.stream().filter(right -> isPair.test(left, right)).forEach(r -> to.accept(left, r));
        if (keepsLeft && rights.stream().noneMatch(right -> isPair.test(left, right))) {
          to.accept(left, null);
        }
      }
      rights.stream()
          .filter(right -> keepsRight && lefts.stream().noneMatch(l -> isPair.test(l, right)))
          .forEach(right -> to.accept(null, right));
    }
  }

  /** What the first join gives; one of the two may be missing. */
  private record Pair(@Nullable InputRow x, @Nullable InputRow y) {}

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
    return new ThreeWayJoin(
        Step.random(random),
        Step.random(random),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  /** One of which rows without a match are sent. */
  static ThreeWayJoin outer(Random random) {
    ThreeWayJoin join = random(random);
    return isOuter(join.first) || isOuter(join.second) ? join : outer(random);
  }

  String sql() {
    return sql("");
  }

  /**
   * The script.
   *
   * @param emit how the rows are sent
   */
  String sql(String emit) {
    StringBuilder script = new StringBuilder();
    for (String stream : List.of("A", "B", "C")) {
      script.append("CREATE STREAM ").append(stream).append(SidedRow.STREAM);
      script.append("WATERMARK FOR ts AS ts - ").append(isInOrder ? "0 MIN);\n" : "1 MIN);\n");
    }
    return script
        + "CREATE STREAM O AS SELECT x.a AS xa, x.b AS xb, y.a AS ya, y.b AS yb,"
        + " z.a AS za, z.b AS zb FROM A x"
        + first.sql("x", "B", "y")
        + second.sql(isOfFirst ? "x" : "y", "C", "z")
        + (namesBoth() ? " AND coalesce(y.a, 1) = z.a" : "")
        + emit
        + ";";
  }

  /** Rows as they come. */
  List<Row> history(List<Row> rows) {
    return isInOrder
        ? rows.stream().sorted(Comparator.comparingLong(row -> row.row().ts())).toList()
        : rows;
  }

  /** All combinations, in any order; where rows may be missing their times are not told. */
  List<ResultRow> results(List<Row> history) {
    List<Pair> pairs = new ArrayList<>();
    first.join(
        of("A", history), of("B", history), first::isPair, (x, y) -> pairs.add(new Pair(x, y)));
    List<ResultRow> rows = new ArrayList<>();
    second.join(
        pairs,
        of("C", history),
        this::belongs,
        (pair, z) ->
            rows.add(joined(pair == null ? null : pair.x(), pair == null ? null : pair.y(), z)));
    return rows;
  }

  private boolean belongs(Pair pair, InputRow z) {
    InputRow y = pair.y();
    Long ofOther = y == null || y.a() == null ? (Long) 1L : y.a();
    return second.isPair(isOfFirst ? pair.x() : y, z) && (!namesBoth() || ofOther.equals(z.a()));
  }

  private boolean namesBoth() {
    return isOfFirst && isOfBoth;
  }

  private static List<InputRow> of(String stream, List<Row> history) {
    return history.stream().filter(row -> row.stream().equals(stream)).map(Row::row).toList();
  }

  private ResultRow joined(@Nullable InputRow x, @Nullable InputRow y, @Nullable InputRow z) {
    List<@Nullable Object> values = new ArrayList<>();
    long time = Long.MIN_VALUE;
    for (InputRow row : Arrays.asList(x, y, z)) {
      values.add(row == null ? null : row.a());
      values.add(row == null ? null : row.b());
      time = row == null ? time : Math.max(time, row.ts());
    }
    boolean isTimed = !isOuter(first) && !isOuter(second);
    return new ResultRow(isTimed ? time : ResultRow.ANY_TIME, values);
  }

  private static boolean isOuter(Step step) {
    return step.keepsLeft() || step.keepsRight();
  }
}
