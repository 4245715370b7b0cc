package io.millrace.conformance.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Windows that close and send estimates, corrections or changes: all rows of each group of each
 * window are kept, and looked at anew at each moment.
 *
 * @param clause the window in SQL
 * @param windows all windows that a time is in; of sessions the one of a row that is alone; nothing
 *     for those of so many milliseconds from the first row of each k
 * @param batch the milliseconds of these
 * @param isOrdered whether rows come in the order of time where their disorder is declared
 * @param isSession whether windows of a group that touch become one, and end when time has passed
 *     their end
 * @param early the distance between estimates; 0 for none
 * @param retracts whether what a row replaces is sent before it, and rows say their kinds
 */
record RevisedWindows(
    Condition where,
    Summary summary,
    String clause,
    @Nullable LongFunction<List<ClosingWindows.Window>> windows,
    long batch,
    boolean isOrdered,
    boolean isSession,
    long grace,
    Results results,
    long early,
    boolean retracts)
    implements ReferenceQuery {

  enum Results {
    FINAL,
    ON_CLOSE,
    CHANGES
  }

  /** A row, and the how many-th it was. */
  private record Arrival(InputRow row, int number) {}

  /** A group of a window, and what it has sent. */
  private static final class Group {
    final @Nullable String k;
    final List<Arrival> arrivals = new ArrayList<>();
    long start;
    long end;
    long sent;
    @Nullable List<@Nullable Object> last;
    List<@Nullable Object> lastRow = List.of();

    Group(@Nullable String k, long start, long end) {
      this.k = k;
      this.start = start;
      this.end = end;
    }

    Arrival first() {
      return arrivals.stream()
          .min(
              Comparator.<Arrival>comparingLong(a -> a.row().ts())
                  .thenComparingInt(Arrival::number))
          .orElseThrow();
    }
  }

  private static final Comparator<Group> ORDER =
      Comparator.<Group>comparingLong(group -> group.end)
          .thenComparingLong(group -> group.start)
          .thenComparingLong(group -> group.first().row().ts())
          .thenComparingInt(group -> group.first().number());

  static RevisedWindows random(String kind, Condition where, Summary summary, Random random) {
    Results results = Results.values()[random.nextInt(3)];
    boolean isEarly =
        results == Results.FINAL || (results == Results.ON_CLOSE && random.nextBoolean());
    long early = isEarly ? 400L * (1 + random.nextInt(6)) : 0;
    boolean retracts = random.nextBoolean();
    RevisedWindows query =
        new RevisedWindows(where, summary, "", null, 0, false, false, 0, results, early, retracts);
    return switch (kind) {
      case "session" -> {
        long gap = 250L * (1 + random.nextInt(12));
        long grace = 1_500L * random.nextInt(3);
        yield query.over(
            String.format("SESSION (%d MS, GRACE PERIOD %d MS)", gap, grace),
            time -> List.of(new ClosingWindows.Window(time, time + gap)),
            true,
            grace);
      }
      case "batch" -> query.inBatches(250L * (1 + random.nextInt(20)));
      case "cron" -> query.bySchedule(1 + random.nextInt(6));
      case "hopping" -> query.over(ClosingWindows.hopping(where, summary, random));
      case "cumulate" -> query.over(ClosingWindows.cumulate(where, summary, random));
      default -> query.over(ClosingWindows.tumbling(where, summary, random));
    };
  }

  private RevisedWindows over(ClosingWindows closing) {
    return over(closing.clause(), closing.windows(), false, closing.grace());
  }

  private RevisedWindows over(
      String sql,
      LongFunction<List<ClosingWindows.Window>> of,
      boolean areSessions,
      long graceMillis) {
    return new RevisedWindows(
        where, summary, sql, of, 0, false, areSessions, graceMillis, results, early, retracts);
  }

  private RevisedWindows inBatches(long size) {
    String sql = "TIME_BATCH (" + size + " MS)";
    return new RevisedWindows(
        where, summary, sql, null, size, true, false, 0, results, early, retracts);
  }

  private RevisedWindows bySchedule(int seconds) {
    String sql = "CRON ('0/" + seconds + " * * * * ?')";
    return new RevisedWindows(
        where,
        summary,
        sql,
        time -> List.of(ofMinute(time, 1_000L * seconds)),
        0,
        true,
        false,
        0,
        results,
        early,
        retracts);
  }

  /** The same WITH RETRACTIONS. */
  RevisedWindows retracting() {
    return new RevisedWindows(
        where, summary, clause, windows, batch, isOrdered, isSession, grace, results, early, true);
  }

  /** The same with EMIT CHANGES WITH RETRACTIONS. */
  RevisedWindows changing() {
    return entering().retracting();
  }

  /** The same with a row for each that enters. */
  RevisedWindows entering() {
    return new RevisedWindows(
        where,
        summary,
        clause,
        windows,
        batch,
        isOrdered,
        isSession,
        grace,
        Results.CHANGES,
        0,
        false);
  }

  /** The same with estimates and corrections. */
  RevisedWindows correcting() {
    return new RevisedWindows(
        where,
        summary,
        clause,
        windows,
        batch,
        isOrdered,
        isSession,
        grace,
        Results.ON_CLOSE,
        early == 0 ? 700 : early,
        false);
  }

  /** The part of a minute that a time is in; the last one may be shorter. */
  private static ClosingWindows.Window ofMinute(long time, long size) {
    long minute = Math.floorDiv(time, 60_000) * 60_000;
    long start = minute + (time - minute) / size * size;
    return new ClosingWindows.Window(start, Math.min(start + size, minute + 60_000));
  }

  @Override
  public String sql() {
    String emit =
        (early == 0 ? "" : "EARLY EVERY " + early + " MS ") + results.name().replace('_', ' ');
    return "CREATE STREAM O AS SELECT k, "
        + summary.sql()
        + ", WINDOW_START AS ws, PANE AS p, REVISION AS r"
        + (retracts ? ", ROW_KIND AS rk" : "")
        + " FROM S WINDOW "
        + clause
        + " WHERE "
        + where.sql()
        + (windows == null ? " PARTITION BY k EMIT " : " GROUP BY k EMIT ")
        + emit
        + (retracts ? " WITH RETRACTIONS;" : ";");
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    return moments(history, slack).all();
  }

  /** The same rows, and which of them one moment brings. */
  RowsByMoment moments(List<InputRow> history, long slack) {
    RowsByMoment rows = new RowsByMoment();
    List<Group> groups = new ArrayList<>();
    List<Arrival> held = new ArrayList<>();
    Map<@Nullable String, Long> firsts = new HashMap<>();
    boolean isSorted = isOrdered && slack >= 0;
    long watermark = Long.MIN_VALUE;
    for (int i = 0; i < history.size(); i++) {
      InputRow row = history.get(i);
      if ((!isSorted || row.ts() >= watermark)
          && ReferenceQuery.passes(where, row, summary::evaluate)) {
        held.add(new Arrival(row, i));
      }
      long next = Math.max(watermark, row.ts() - Math.max(0, slack));
      watermark = release(held, isSorted, next, watermark, firsts, groups, rows);
      advance(watermark, next, groups, rows);
      watermark = next;
    }
    watermark = release(held, isSorted, Long.MAX_VALUE, watermark, firsts, groups, rows);
    advance(watermark, Long.MAX_VALUE, groups, rows);
    return rows;
  }

  /**
   * Takes rows: those that are sorted up to a time, in the order of times, each behind what is due
   * at its time; others as they come.
   *
   * @return how far what is due has been done
   */
  private long release(
      List<Arrival> held,
      boolean isSorted,
      long upTo,
      long watermark,
      Map<@Nullable String, Long> firsts,
      List<Group> groups,
      RowsByMoment rows) {
    long done = watermark;
    held.sort(Comparator.comparingLong(arrival -> arrival.row().ts()));
    while (!held.isEmpty() && (!isSorted || held.get(0).row().ts() <= upTo)) {
      Arrival arrival = held.remove(0);
      if (isSorted && arrival.row().ts() > done) {
        advance(done, arrival.row().ts(), groups, rows);
        done = arrival.row().ts();
      }
      take(arrival, windows(arrival.row(), watermark, firsts), done, groups, rows);
      rows.endMoment();
    }
    return done;
  }

  /** The windows that a row is in; none if it would be the first of its k, and is late. */
  private List<ClosingWindows.Window> windows(
      InputRow row, long watermark, Map<@Nullable String, Long> firsts) {
    if (windows != null) {
      return windows.apply(row.ts());
    }
    if (!firsts.containsKey(row.k()) && row.ts() + batch <= watermark) {
      return List.of();
    }
    long first = firsts.computeIfAbsent(row.k(), k -> row.ts());
    long start = first + Math.floorDiv(row.ts() - first, batch) * batch;
    return List.of(new ClosingWindows.Window(start, start + batch));
  }

  private void take(
      Arrival arrival,
      List<ClosingWindows.Window> ofRow,
      long watermark,
      List<Group> groups,
      RowsByMoment rows) {
    InputRow row = arrival.row();
    for (ClosingWindows.Window window : ofRow) {
      Group group = isSession ? session(window, row, groups, rows) : group(window, row, groups);
      if (forgottenAt(group) <= watermark) {
        groups.remove(group);
        continue;
      }
      group.arrivals.add(arrival);
      boolean hasEnded = endedAt(group) <= watermark;
      if (results == Results.CHANGES || (results == Results.ON_CLOSE && hasEnded)) {
        send(group, hasEnded ? "LATE" : "EARLY", rows);
      }
    }
  }

  private static Group group(ClosingWindows.Window window, InputRow row, List<Group> groups) {
    for (Group group : groups) {
      if (group.end == window.end()
          && group.start == window.start()
          && Objects.equals(group.k, row.k())) {
        return group;
      }
    }
    Group made = new Group(row.k(), window.start(), window.end());
    groups.add(made);
    return made;
  }

  /** The session that a row makes with those that it reaches; with other bounds it is a new one. */
  private Group session(
      ClosingWindows.Window window, InputRow row, List<Group> groups, RowsByMoment rows) {
    Group session = new Group(row.k(), window.start(), window.end());
    List<Group> joined =
        groups.stream()
            .filter(group -> Objects.equals(group.k, row.k()))
            .filter(group -> group.start <= window.end() && window.start() <= group.end)
            .toList();
    for (Group group : joined) {
      session.arrivals.addAll(group.arrivals);
      session.start = Math.min(session.start, group.start);
      session.end = Math.max(session.end, group.end);
      if (joined.size() == 1 && session.start == group.start && session.end == group.end) {
        return group;
      }
    }
    joined.stream()
        .filter(group -> retracts && group.sent > 0)
        .sorted(ORDER)
        .forEach(group -> rows.add(row(group, "-D")));
    groups.removeAll(joined);
    groups.add(session);
    return session;
  }

  /** The watermark at which a group's window has ended. */
  private long endedAt(Group group) {
    return group.end + (isSession ? 1 : 0);
  }

  private long forgottenAt(Group group) {
    return endedAt(group) + grace;
  }

  private void advance(long from, long to, List<Group> groups, RowsByMoment rows) {
    TreeSet<Long> moments = new TreeSet<>();
    for (Group group : groups) {
      moments.addAll(estimates(group));
      moments.add(endedAt(group));
      moments.add(forgottenAt(group));
    }
    for (long moment : moments) {
      if (from < moment && moment <= to) {
        groups.stream().sorted(ORDER).forEach(group -> pass(group, moment, rows));
        groups.removeIf(group -> forgottenAt(group) == moment);
        rows.endMoment();
      }
    }
  }

  private List<Long> estimates(Group group) {
    List<Long> moments = new ArrayList<>();
    for (long time = group.start + early; early > 0 && time < group.end; time += early) {
      moments.add(time);
    }
    return moments;
  }

  private void pass(Group group, long moment, RowsByMoment rows) {
    if (estimates(group).contains(moment) && !Objects.equals(group.last, values(group))) {
      send(group, "EARLY", rows);
    }
    long result = results == Results.FINAL ? forgottenAt(group) : endedAt(group);
    if (moment == result && results != Results.CHANGES) {
      send(group, "ON_TIME", rows);
    }
  }

  private List<@Nullable Object> values(Group group) {
    return summary.of(group.arrivals.stream().map(Arrival::row).toList());
  }

  private void send(Group group, String pane, RowsByMoment rows) {
    boolean replaces = retracts && group.sent > 0;
    if (replaces) {
      rows.add(row(group, "-U"));
    }
    List<@Nullable Object> values = values(group);
    group.last = values;
    group.lastRow = new ArrayList<>(ReferenceQuery.listOf(group.k, values));
    group.lastRow.add(Instant.ofEpochMilli(group.start));
    group.lastRow.add(pane);
    group.lastRow.add(group.sent++);
    rows.add(row(group, replaces ? "+U" : "+I"));
  }

  /** What a group has sent last, as a row of a kind. */
  private ResultRow row(Group group, String kind) {
    List<@Nullable Object> values = new ArrayList<>(group.lastRow);
    if (retracts) {
      values.add(kind);
    }
    return new ResultRow(group.end - 1, values);
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return true;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, summary::evaluate);
  }
}
