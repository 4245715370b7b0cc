package io.millrace.conformance.reference;

import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The late rows of two streams, which may fall silent, come where LATE INTO says, once and with how
 * late they were, whatever finds them late and however it is run; the others are where they belong.
 */
class LatePropertyTest {
  private static final int QUERIES = 6;
  private static final int MOST_ROWS = 50;
  private static final int MOST_SLACK = 4_000;
  private static final String LATE =
      "CREATE STREAM O (k STRING, a INT, b BIGINT, ts TIMESTAMP, LATE_BY BIGINT);\n";

  private int step;

  /** What finds rows of both streams late, or of L alone. */
  enum Finder {
    SORT_OF_UNION("SELECT count(*) AS n FROM (L UNION ALL R) WINDOW LENGTH (3)"),
    SORT_OF_QUERIES(
        "SELECT count(x) AS n FROM ((SELECT b AS x FROM L WHERE a IS NOT NULL) UNION ALL"
            + " (SELECT x FROM (SELECT a AS x, b AS y FROM R) q WHERE y IS NOT NULL))"
            + " WINDOW TIME (2 SEC)"),
    SORT_OF_DERIVED(
        "SELECT count(*) AS n FROM ((SELECT a FROM D) UNION ALL (SELECT a FROM R))"
            + " WINDOW LENGTH (2)"),
    OVER_ONE("SELECT lag(b) OVER (PARTITION BY k ORDER BY ROWTIME) AS x FROM L"),
    OVER_UNION(
        "SELECT lag(x) OVER (ORDER BY ROWTIME) AS y FROM ((SELECT b AS x FROM L) UNION ALL"
            + " (SELECT b FROM R)) u"),
    PATTERN("SELECT x.b AS x, y.b AS y FROM PATTERN (EVERY x = L -> y = R WITHIN 9 SEC)"),
    WINDOW_JOIN(
        "SELECT l.b AS l, r.b AS r FROM L WINDOW TIME (5 SEC) l LEFT JOIN"
            + " (SELECT k, b FROM R) WINDOW LENGTH (3) r ON l.k = r.k"),
    WITHIN_JOIN("SELECT l.b AS l, r.b AS r FROM L l LEFT JOIN R r WITHIN 2 SEC ON l.k = r.k"),
    CLOSING(
        "SELECT count(*) AS n FROM (L UNION ALL R) WINDOW TUMBLING (3 SEC, GRACE PERIOD 1 SEC)");

    private final String query;

    Finder(String query) {
      this.query = query;
    }

    private boolean wants(SidedRow sided) {
      return switch (this) {
        case OVER_ONE -> sided.isLeft();
        case SORT_OF_QUERIES -> (sided.isLeft() ? sided.row().a() : sided.row().b()) != null;
        default -> true;
      };
    }

    /** The first watermark by which a row of a time is late. */
    private long over(long time) {
      return switch (this) {
        case WITHIN_JOIN -> time + 2_000 + 1;
        case CLOSING -> Math.floorDiv(time, 3_000L) * 3_000 + 3_000 + 1_000;
        default -> time + 1;
      };
    }
  }

  /** Which of the streams may be left out. */
  private enum Idle {
    NONE,
    LEFT,
    BOTH;

    private boolean has(boolean isLeft) {
      return this == BOTH || (this == LEFT && isLeft);
    }
  }

  @ParameterizedTest
  @EnumSource(Finder.class)
  void shouldSendEachLateRowOnce(Finder finder) {
    for (int number = 0; number < QUERIES; number++) {
      long seed = 83L * QuerySeeds.of(100L * finder.ordinal() + number);
      Streams streams = Streams.random(number, new Random(seed));
      String script = LATE + streams.sql() + "CREATE STREAM W AS " + finder.query + ";";
      check(
          seed,
          history -> JoinRun.check(script, events(history), streams.lateRows(history, finder)));
    }
  }

  @ParameterizedTest
  @EnumSource(Idle.class)
  void shouldTakeTheOtherRowsInTheOrderOfTheirTimes(Idle idle) {
    for (int number = 0; number < QUERIES; number++) {
      long seed = 89L * QuerySeeds.of(100L * idle.ordinal() + number);
      Random random = new Random(seed);
      Streams streams = new Streams(SidedRow.Slacks.declared(random, MOST_SLACK), idle);
      String script =
          LATE.replace("STREAM O", "STREAM X")
              + streams.sql().replace("INTO O", "INTO X")
              + "CREATE STREAM O AS SELECT last(a) AS a, last(b) AS b FROM (L UNION ALL R)"
              + " WINDOW LENGTH (2);";
      check(seed, history -> JoinRun.check(script, events(history), streams.inOrder(history)));
    }
  }

  private void check(long seed, Consumer<List<SidedRow>> check) {
    step = 0;
    Property.check(
        2,
        MOST_ROWS,
        r -> SidedRow.random(new Random(31 * r.nextLong() + seed), step++, 0),
        rows -> {
          List<SidedRow> history = new ArrayList<>();
          for (boolean isLeft : List.of(true, false)) { // both have begun when one falls silent
            history.add(new SidedRow(isLeft, new InputRow("x", 0L, 0L, 0)));
          }
          history.addAll(rows);
          check.accept(history);
        });
  }

  /** Whether nothing comes for a long time before a row. */
  private static boolean isBehindSilence(SidedRow sided) {
    return sided.row().ts() > 0 && Math.floorMod(sided.hashCode(), 7) == 0;
  }

  private static List<JoinRun.Event> events(List<SidedRow> history) {
    List<JoinRun.Event> events = new ArrayList<>();
    for (SidedRow sided : history) {
      if (isBehindSilence(sided)) {
        events.add(JoinRun.Event.clock(100_000L * (events.size() + 1)));
      }
      events.add(sided.event());
    }
    return events;
  }

  /** Two streams whose late rows go into O. */
  private record Streams(SidedRow.Slacks slacks, Idle idle) {
    static Streams random(int number, Random random) {
      return new Streams(
          SidedRow.Slacks.declared(random, MOST_SLACK),
          Idle.values()[number % Idle.values().length]);
    }

    String sql() {
      return sql("L", true) + sql("R", false) + "CREATE STREAM D AS SELECT k, a, b, ts FROM L;\n";
    }

    private String sql(String name, boolean isLeft) {
      return "CREATE STREAM "
          + name
          + SidedRow.STREAM
          + "WATERMARK FOR ts AS ts - "
          + slacks.of(isLeft)
          + " MS"
          + (idle.has(isLeft) ? " IDLE TIMEOUT 5 SEC" : "")
          + " LATE INTO O);\n";
    }

    List<ResultRow> lateRows(List<SidedRow> history, Finder finder) {
      List<ResultRow> rows = new ArrayList<>();
      Watermarks watermarks = new Watermarks(this);
      for (SidedRow sided : history) {
        InputRow row = sided.row();
        long watermark =
            finder == Finder.OVER_ONE ? watermarks.beforeAlone(sided) : watermarks.before(sided);
        if (finder.wants(sided) && watermark >= finder.over(row.ts())) {
          List<@Nullable Object> values = new ArrayList<>();
          JoinOutput.add(row, values);
          values.add(watermark - row.ts());
          rows.add(new ResultRow(row.ts(), values));
        }
        watermarks.take(sided);
      }
      return rows;
    }

    /** What is not late, by time, then as FROM names the streams, then by arrival. */
    List<ResultRow> inOrder(List<SidedRow> history) {
      List<SidedRow> inTime = new ArrayList<>();
      Watermarks watermarks = new Watermarks(this);
      for (SidedRow sided : history) {
        if (watermarks.before(sided) <= sided.row().ts()) {
          inTime.add(sided);
        }
        watermarks.take(sided);
      }
      inTime.sort(
          Comparator.comparingLong((SidedRow sided) -> sided.row().ts())
              .thenComparing(sided -> !sided.isLeft()));
      List<ResultRow> rows = new ArrayList<>();
      for (SidedRow sided : inTime) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(sided.row().a());
        values.add(sided.row().b());
        rows.add(new ResultRow(sided.row().ts(), values));
      }
      return rows;
    }
  }

  /** Those of two streams, and of both, row by row. */
  private static final class Watermarks {
    private static final long NEVER = Long.MIN_VALUE;
    private final Streams streams;
    private final long[] own = {NEVER, NEVER};
    private final boolean[] isSilent = {false, false};
    private long merged = NEVER;

    Watermarks(Streams streams) {
      this.streams = streams;
    }

    private static int number(boolean isLeft) {
      return isLeft ? 0 : 1;
    }

    /** By which a row is late for a query of its stream alone. */
    long beforeAlone(SidedRow sided) {
      return own[number(sided.isLeft())];
    }

    /** By which a row is late for a query of both. */
    long before(SidedRow sided) {
      if (isBehindSilence(sided)) {
        isSilent[0] = streams.idle().has(true);
        isSilent[1] = streams.idle().has(false);
        merge();
      }
      return Math.max(own[number(sided.isLeft())], merged);
    }

    void take(SidedRow sided) {
      int number = number(sided.isLeft());
      isSilent[number] = false;
      long watermark = sided.row().ts() - streams.slacks().of(sided.isLeft());
      own[number] = Math.max(own[number], watermark);
      merge();
    }

    private void merge() {
      long reached =
          isSilent[0] == isSilent[1]
              ? isSilent[0] ? Math.max(own[0], own[1]) : Math.min(own[0], own[1])
              : own[isSilent[0] ? 1 : 0];
      merged = Math.max(merged, reached);
    }
  }
}
