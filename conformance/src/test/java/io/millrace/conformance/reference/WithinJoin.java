package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A join of {@code L} and {@code R} within a time. A row x leaves at due(x), a millisecond behind
 * the end of the times at which it can be met, and of the grace.
 *
 * @param before how much earlier than a left row a right one may be
 * @param after how much later
 * @param grace negative if none is given
 */
record WithinJoin(
    JoinCondition condition,
    JoinOutput output,
    boolean isUnbounded,
    long before,
    long after,
    long grace) {

  /**
   * A row as one side of the join gets it.
   *
   * @param watermark of its own stream, before it
   * @param reached the watermark of the join behind it
   */
  record Arrival(boolean isLeft, InputRow row, long watermark, long reached) {}

  static WithinJoin random(JoinOutput.JoinType type, JoinCondition condition, Random random) {
    long before = 700L * random.nextInt(9);
    return new WithinJoin(
        condition,
        JoinOutput.random(type, true, random),
        random.nextInt(8) == 0,
        before,
        random.nextBoolean() ? before : 700L * random.nextInt(9),
        random.nextBoolean() ? -1 : 1_400L * random.nextInt(4));
  }

  String sql(String left, String right) {
    String bound = before == after ? before + " MS" : "(" + before + " MS, " + after + " MS)";
    return output.sql(
        left + " l",
        right
            + " r WITHIN "
            + (isUnbounded ? "UNBOUNDED" : bound)
            + (grace < 0 ? "" : " GRACE PERIOD " + grace + " MS"),
        condition.sql());
  }

  /** The rows of two streams as they come. */
  static List<Arrival> arrivals(List<SidedRow> history, SidedRow.Slacks slacks) {
    List<Arrival> arrivals = new ArrayList<>();
    long left = Long.MIN_VALUE;
    long right = Long.MIN_VALUE;
    for (SidedRow sided : history) {
      boolean isLeft = sided.isLeft();
      long watermark = isLeft ? left : right;
      long reached = Math.max(watermark, sided.row().ts() - slacks.of(isLeft));
      left = isLeft ? reached : left;
      right = isLeft ? right : reached;
      arrivals.add(new Arrival(isLeft, sided.row(), watermark, Math.min(left, right)));
    }
    return arrivals;
  }

  /** The rows of one stream that is both sides: each comes as a left one, then as a right one. */
  static List<Arrival> ofItself(List<InputRow> history, long slack) {
    List<Arrival> arrivals = new ArrayList<>();
    long watermark = Long.MIN_VALUE;
    for (InputRow row : history) {
      long reached = Math.max(watermark, row.ts() - slack);
      arrivals.add(new Arrival(true, row, watermark, watermark));
      arrivals.add(new Arrival(false, row, watermark, reached));
      watermark = reached;
    }
    return arrivals;
  }

  /** All rows that it sends for a history that ends with the watermark at the end of time. */
  List<ResultRow> results(List<Arrival> arrivals) {
    List<ResultRow> rows = new ArrayList<>();
    long reached = Long.MIN_VALUE;
    for (int i = 0; i < arrivals.size(); i++) {
      arrive(arrivals, i, rows);
      leave(arrivals.subList(0, i + 1), arrivals, reached, arrivals.get(i).reached(), rows);
      reached = arrivals.get(i).reached();
    }
    leave(arrivals, arrivals, reached, Long.MAX_VALUE, rows);
    return rows;
  }

  /** Sends what a row gives that comes. */
  private void arrive(List<Arrival> arrivals, int number, List<ResultRow> rows) {
    Arrival arrival = arrivals.get(number);
    List<Integer> partners =
        IntStream.range(0, number)
            .boxed()
            .filter(other -> isPair(arrival, arrivals.get(other)))
            .sorted(Comparator.comparingLong(other -> arrivals.get(other).row().ts()))
            .toList();
    for (int partner : partners) {
      Arrival other = arrivals.get(partner);
      if (output.takesBack(other.isLeft()) && firstPartner(arrivals, partner) == number) {
        long time = Math.max(arrival.row().ts(), other.row().ts());
        output.sendAlone(time, other.isLeft(), other.row(), true, rows);
      }
      output.sendJoined(
          (arrival.isLeft() ? arrival : other).row(),
          (arrival.isLeft() ? other : arrival).row(),
          rows);
    }
    if (partners.isEmpty() && output.sendsAtOnce(arrival.isLeft()) && isThere(arrival)) {
      output.sendAlone(arrival.row().ts(), arrival.isLeft(), arrival.row(), false, rows);
    }
  }

  /** Sends what has met none, and is due behind one watermark, up to another one. */
  private void leave(
      List<Arrival> there, List<Arrival> all, long from, long to, List<ResultRow> rows) {
    there.stream()
        .filter(x -> output.sendsLeaving(x.isLeft()) && due(x) > from && due(x) <= to)
        .filter(x -> isThere(x) && all.stream().noneMatch(other -> isPair(x, other)))
        .sorted(Comparator.comparingLong(this::due).thenComparing(x -> !x.isLeft()))
        .forEach(
            x -> {
              long time = isUnbounded ? ResultRow.ANY_TIME : due(x);
              output.sendAlone(time, x.isLeft(), x.row(), false, rows);
            });
  }

  /** The number of the first that a row meets; behind all if it meets none. */
  private int firstPartner(List<Arrival> arrivals, int number) {
    int other = 0;
    while (other < arrivals.size() && !isPair(arrivals.get(number), arrivals.get(other))) {
      other++;
    }
    return other;
  }

  private boolean isPair(Arrival one, Arrival other) {
    if (one.isLeft() == other.isLeft()) {
      return false;
    }
    Arrival left = one.isLeft() ? one : other;
    Arrival right = one.isLeft() ? other : one;
    long apart = right.row().ts() - left.row().ts();
    return isThere(left)
        && isThere(right)
        && left.watermark() < due(right)
        && right.watermark() < due(left)
        && (isUnbounded || (apart >= -before && apart <= after))
        && condition.matches(left.row(), right.row());
  }

  private boolean isThere(Arrival arrival) {
    return !isLate(arrival) && !condition.fails(arrival.isLeft(), arrival.row());
  }

  private boolean isLate(Arrival arrival) {
    return !isUnbounded && arrival.watermark() >= due(arrival);
  }

  private long due(Arrival arrival) {
    long bound = arrival.isLeft() ? after : before;
    return isUnbounded ? Long.MAX_VALUE : arrival.row().ts() + bound + Math.max(0, grace) + 1;
  }

  /** The rows that come too late, as they are sent into a stream of their columns and LATE_BY. */
  List<ResultRow> lateRows(List<Arrival> arrivals) {
    List<ResultRow> rows = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      if (isLate(arrival)) {
        InputRow row = arrival.row();
        List<@Nullable Object> values = new ArrayList<>();
        JoinOutput.add(row, values);
        values.add(arrival.watermark() - row.ts());
        rows.add(new ResultRow(row.ts(), values));
      }
    }
    return rows;
  }
}
