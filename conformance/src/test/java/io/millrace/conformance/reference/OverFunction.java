package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An analytic function over the rows that are there, in any order, and what it gives for a row, by
 * the definition.
 *
 * @param call with its arguments
 * @param order columns, with a sign for descending
 * @param frame how it is written; empty if it is not
 */
record OverFunction(String call, boolean isPartitioned, List<String> order, FrameText frame) {
  private static final List<String> CALLS =
      List.of(
          "row_number()",
          "rank()",
          "dense_rank()",
          "lag(a)",
          "lead(b, 2, -7)",
          "lead(a) IGNORE NULLS",
          "sum(a)",
          "count(*)",
          "min(b)",
          "first_value(b)",
          "last_value(a)",
          "max(a) FILTER (WHERE b > 0)");

  /**
   * The bounds of a frame, before the row with a minus.
   *
   * @param start null for that of the partition
   * @param end null for that of the partition
   */
  record FrameText(boolean isWritten, boolean isRows, @Nullable Long start, @Nullable Long end) {
    String sql() {
      return isWritten
          ? (isRows ? " ROWS" : " RANGE")
              + " BETWEEN "
              + bound(start, "PRECEDING")
              + " AND "
              + bound(end, "FOLLOWING")
          : "";
    }

    private static String bound(@Nullable Long offset, String unbounded) {
      if (offset == null) {
        return "UNBOUNDED " + unbounded;
      }
      return offset == 0
          ? "CURRENT ROW"
          : Math.abs(offset) + (offset < 0 ? " PRECEDING" : " FOLLOWING");
    }
  }

  static OverFunction random(Random random) {
    String call = CALLS.get(random.nextInt(CALLS.size()));
    boolean needsOrder = call.startsWith("r") || call.startsWith("d") || call.startsWith("l");
    List<String> columns = new ArrayList<>(List.of("a", "b", "k"));
    List<String> order = new ArrayList<>();
    for (int i = random.nextInt(3) + (needsOrder ? 1 : 0); i > 0; i--) {
      String column = columns.remove(random.nextInt(columns.size()));
      order.add((random.nextBoolean() ? "-" : "+") + column);
    }
    boolean takesFrame = !needsOrder || call.startsWith("last");
    return new OverFunction(
        call, random.nextBoolean(), order, takesFrame ? frame(random, order) : usual(order));
  }

  /** The same among the rows of one {@code k}. */
  OverFunction partitioned() {
    return new OverFunction(call, true, order, frame);
  }

  private static FrameText usual(List<String> order) {
    return new FrameText(false, false, null, order.isEmpty() ? null : 0L);
  }

  private static FrameText frame(Random random, List<String> order) {
    if (random.nextInt(3) == 0) {
      return usual(order);
    }
    boolean isRows = random.nextBoolean();
    boolean hasDistances = isRows || (order.size() == 1 && !order.get(0).substring(1).equals("k"));
    Long start = random.nextInt(4) == 0 ? null : hasDistances ? random.nextInt(5) - 3L : 0L;
    Long end = random.nextInt(4) == 0 ? null : hasDistances ? random.nextInt(5) - 1L : 0L;
    return start != null && end != null && start > end
        ? new FrameText(true, isRows, end, start)
        : new FrameText(true, isRows, start, end);
  }

  String sql() {
    List<String> by = new ArrayList<>();
    for (String column : order) {
      by.add(column.substring(1) + (column.startsWith("-") ? " DESC" : ""));
    }
    return call
        + " OVER ("
        + (isPartitioned ? "PARTITION BY k" : "")
        + (by.isEmpty() ? "" : " ORDER BY " + String.join(", ", by))
        + frame.sql()
        + ")";
  }

  /** Whether a row that replaces another keeps its place among its peers. */
  boolean keepsPlace(InputRow before, InputRow now) {
    return compare(before, now) == 0 && (!isPartitioned || Objects.equals(before.k(), now.k()));
  }

  /**
   * What it gives for a row.
   *
   * @param rows all that are there, peers in their order
   */
  @Nullable Object value(List<InputRow> rows, InputRow row) {
    List<InputRow> own = new ArrayList<>(rows);
    own.removeIf(other -> isPartitioned && !Objects.equals(other.k(), row.k()));
    own.sort(this::compare);
    int place = 0;
    while (!own.get(place).isSame(row)) {
      place++;
    }
    List<InputRow> seen = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      if (isIn(own, i, place)) {
        seen.add(own.get(i));
      }
    }
    List<@Nullable Long> as = new ArrayList<>();
    seen.forEach(one -> as.add(one.a()));
    return switch (call) {
      case "row_number()" -> place + 1L;
      case "rank()" -> 1 + own.stream().filter(one -> compare(one, row) < 0).count();
      case "dense_rank()" -> denseRank(own, row);
      case "lag(a)" -> place == 0 ? null : own.get(place - 1).a();
      case "lead(b, 2, -7)" -> place + 2 < own.size() ? own.get(place + 2).b() : Long.valueOf(-7);
      case "lead(a) IGNORE NULLS" ->
          own.subList(place + 1, own.size()).stream()
              .map(InputRow::a)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      case "sum(a)" -> sum(as);
      case "count(*)" -> (long) seen.size();
      case "min(b)" ->
          seen.stream().map(InputRow::b).filter(Objects::nonNull).min(Long::compare).orElse(null);
      case "first_value(b)" -> seen.isEmpty() ? null : seen.get(0).b();
      case "last_value(a)" -> seen.isEmpty() ? null : seen.get(seen.size() - 1).a();
      default ->
          seen.stream()
              .filter(one -> one.b() != null && one.b() > 0)
              .map(InputRow::a)
              .filter(Objects::nonNull)
              .max(Long::compare)
              .orElse(null);
    };
  }

  private static @Nullable Long sum(List<@Nullable Long> values) {
    Long sum = null;
    for (Long value : values) {
      if (value != null) {
        sum = value + (sum == null ? 0 : sum);
      }
    }
    return sum;
  }

  private long denseRank(List<InputRow> own, InputRow row) {
    long rank = 0;
    for (int i = 0; i < own.size() && compare(own.get(i), row) <= 0; i++) {
      rank += i == 0 || compare(own.get(i - 1), own.get(i)) < 0 ? 1 : 0;
    }
    return rank;
  }

  private boolean isIn(List<InputRow> own, int other, int place) {
    Long start = frame.start;
    Long end = frame.end;
    if (frame.isRows) {
      return (start == null || other >= place + start) && (end == null || other <= place + end);
    }
    InputRow row = own.get(place);
    return (start == null || distance(own.get(other), row, start) >= 0)
        && (end == null || distance(own.get(other), row, end) <= 0);
  }

  /** Negative if a row comes before what is so far behind another one, 0 if it is there. */
  private int distance(InputRow other, InputRow row, long offset) {
    if (offset == 0 || column(row) == null || column(other) == null) {
      return compare(other, row);
    }
    boolean isDescending = order.get(0).startsWith("-");
    long bound = number(row) + (isDescending ? -offset : offset);
    return isDescending ? Long.compare(bound, number(other)) : Long.compare(number(other), bound);
  }

  private @Nullable Object column(InputRow row) {
    return row.value(order.get(0).substring(1));
  }

  private long number(InputRow row) {
    return (Long) Objects.requireNonNull(column(row));
  }

  private int compare(InputRow one, InputRow other) {
    return RankedRows.compare(one, other, order);
  }
}
