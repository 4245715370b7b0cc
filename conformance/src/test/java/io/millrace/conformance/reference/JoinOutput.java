package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a join of {@code L} and {@code R} sends, and what they look like.
 *
 * @param where what joined rows must fulfil; null for all
 */
record JoinOutput(JoinType type, Emission emission, JoinCondition.@Nullable OneSided where) {
  private static final InputRow NONE = new InputRow(null, null, null, 0);

  /** Which side's rows are sent without a match. */
  enum JoinType {
    INNER("JOIN", false, false),
    LEFT("LEFT JOIN", true, false),
    RIGHT("RIGHT JOIN", false, true),
    FULL("FULL JOIN", true, true);

    private final String sql;
    private final boolean isLeftOuter;
    private final boolean isRightOuter;

    JoinType(String sql, boolean isLeftOuter, boolean isRightOuter) {
      this.sql = sql;
      this.isLeftOuter = isLeftOuter;
      this.isRightOuter = isRightOuter;
    }

    String sql() {
      return sql;
    }

    boolean isOuter(boolean isLeft) {
      return isLeft ? isLeftOuter : isRightOuter;
    }
  }

  /** When rows without a match are sent. */
  enum Emission {
    WHEN_THEY_LEAVE(""),
    CHANGES(" EMIT CHANGES"),
    RETRACTIONS(" EMIT CHANGES WITH RETRACTIONS");

    private final String sql;

    Emission(String sql) {
      this.sql = sql;
    }
  }

  static JoinOutput random(JoinType type, boolean mayFilter, Random random) {
    Emission[] emissions = Emission.values();
    int kinds = type == JoinType.INNER ? emissions.length - 1 : emissions.length;
    return new JoinOutput(
        type,
        emissions[random.nextInt(kinds)],
        (mayFilter && random.nextInt(3) == 0) ? JoinCondition.OneSided.random(random) : null);
  }

  /** The statement over two sources with their aliases. */
  String sql(String left, String right, String on) {
    return "CREATE STREAM O AS SELECT l.k AS lk, l.a AS la, l.b AS lb, l.ROWTIME AS lt,"
        + " r.k AS rk, r.a AS ra, r.b AS rb, r.ROWTIME AS rt FROM "
        + left
        + " "
        + type.sql
        + " "
        + right
        + " ON "
        + on
        + (where == null ? "" : " WHERE " + where.sql())
        + emission.sql
        + ";";
  }

  /** Whether rows of a side are sent at once if they meet none. */
  boolean sendsAtOnce(boolean isLeft) {
    return type.isOuter(isLeft) && emission != Emission.WHEN_THEY_LEAVE;
  }

  /** Whether rows of a side are sent when they have met none until they leave. */
  boolean sendsLeaving(boolean isLeft) {
    return type.isOuter(isLeft) && emission == Emission.WHEN_THEY_LEAVE;
  }

  /** Whether a row of a side that is sent at once is taken back before its first match. */
  boolean takesBack(boolean isLeft) {
    return type.isOuter(isLeft) && emission == Emission.RETRACTIONS;
  }

  /** Sends a row without a match. */
  void sendAlone(long time, boolean isLeft, InputRow row, boolean isBack, List<ResultRow> rows) {
    InputRow left = isLeft ? row : null;
    InputRow right = isLeft ? null : row;
    send(time, left, right, isBack, rows);
  }

  void sendJoined(InputRow left, InputRow right, List<ResultRow> rows) {
    send(Math.max(left.ts(), right.ts()), left, right, false, rows);
  }

  private void send(
      long time,
      @Nullable InputRow left,
      @Nullable InputRow right,
      boolean isBack,
      List<ResultRow> rows) {
    if (where != null
        && !Boolean.TRUE.equals(
            where.value(left == null ? NONE : left, right == null ? NONE : right))) {
      return;
    }
    List<@Nullable Object> values = new ArrayList<>();
    add(left, values);
    add(right, values);
    if (isBack) {
      values.add(ResultRow.DELETION);
    }
    rows.add(new ResultRow(time, values));
  }

  static void add(@Nullable InputRow row, List<@Nullable Object> values) {
    values.add(row == null ? null : row.k());
    values.add(row == null ? null : row.a());
    values.add(row == null ? null : row.b());
    values.add(row == null ? null : row.time());
  }
}
