package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Windows that rows enter and leave as others arrive, of all rows or of each k, with groups by k in
 * the window or without.
 *
 * @param slide after how many events all groups are sent; 0 if each event sends its own
 * @param emit what EMIT says; nothing for arrivals
 */
record SlidingRows(
    Condition where,
    Summary summary,
    Contents contents,
    int slide,
    boolean partitioned,
    boolean grouped,
    String emit)
    implements LateRows.Window {
  static final String CHANGES = " EMIT CHANGES";
  static final String EXPIRY = " EMIT ON EXPIRY";

  /** What a window holds. */
  interface Contents {
    /** Contents of a kind. */
    static Contents random(String kind, Term term, Random random) {
      return switch (kind) {
        case "unique" -> new Unique(term, random.nextBoolean());
        case "time" -> new Time(500L * (1 + random.nextInt(20)));
        case "time length" -> {
          long size = 500L * (1 + random.nextInt(20));
          yield new TimeLength(size, 1 + random.nextInt(5));
        }
        case "expression" -> new Expression(1 + random.nextInt(6), random.nextInt(20), term);
        case "sorted" -> new Sorted(1 + random.nextInt(5), term, random.nextBoolean());
        default -> new Length(1 + random.nextInt(6), 0);
      };
    }

    /** The kind of window with its arguments. */
    String sql();

    /** Evaluates what the window reads of a row; throws as {@link Term#value} does. */
    default void evaluate(InputRow row) {}

    /**
     * What the window holds when a row arrives.
     *
     * @param held what it held before, in the order of arrival
     * @return null if the row does not enter; then the window holds what it held
     */
    @Nullable List<InputRow> after(List<InputRow> held, InputRow row);

    /** Whether rows leave in the order of arrival, and are first and last in it. */
    default boolean isByArrival() {
      return false;
    }

    /** After how long a row leaves in any case, in milliseconds; 0 if time lets none go. */
    default long size() {
      return 0;
    }

    /** What a window has let go because time is there; most do not. */
    default List<InputRow> at(long time, List<InputRow> held) {
      return held;
    }
  }

  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT k, "
        + summary.sql()
        + " FROM S WINDOW "
        + contents.sql()
        + " WHERE "
        + where.sql()
        + (grouped ? " GROUP BY k" : "")
        + (partitioned ? " PARTITION BY k" : "")
        + emit
        + ";";
  }

  /** What is sorted is late before anything but WHERE is evaluated. */
  @Override
  public boolean wants(InputRow row) {
    return ReferenceQuery.passes(where, row, it -> {});
  }

  @Override
  public boolean isOverFor(InputRow row, long watermark) {
    return row.ts() < watermark;
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> rows = new ArrayList<>();
    Map<@Nullable String, List<InputRow>> windows = new HashMap<>();
    Map<@Nullable String, Integer> entered = new HashMap<>();
    long time = Long.MIN_VALUE / 2;
    for (InputRow row : slack < 0 ? history : ReferenceQuery.sorted(history, slack)) {
      time = Math.max(time, row.ts());
      expire(time, windows, history, rows);
      if (!ReferenceQuery.passes(where, row, this::evaluate)
          || contents.at(time, List.of(row)).isEmpty()) {
        continue;
      }
      String key = partitioned ? row.k() : "";
      List<InputRow> held = contents.at(time, windows.getOrDefault(key, List.of()));
      List<InputRow> window = contents.after(held, row);
      windows.put(key, window == null ? held : window);
      if (window != null && !emit.isEmpty()) {
        leave(row, held, window, rows);
      }
      if (emit.equals(EXPIRY) || window == null || window.isEmpty()) {
        continue;
      }
      if (slide == 0) {
        add(row, row.k(), window, rows);
      } else if (entered.merge(key, 1, Integer::sum) % slide == 0) {
        look(row, window, rows);
      }
    }
    expire(Long.MAX_VALUE, windows, history, rows);
    return rows;
  }

  /** Lets rows go moment by moment, and sends their groups in the order in which they came. */
  private void expire(
      long now,
      Map<@Nullable String, List<InputRow>> windows,
      List<InputRow> history,
      List<ResultRow> rows) {
    while (contents.size() > 0 && !emit.isEmpty()) {
      List<InputRow> held = new ArrayList<>();
      windows.values().forEach(held::addAll);
      long first = held.stream().mapToLong(InputRow::ts).min().orElse(Long.MAX_VALUE);
      if (held.isEmpty() || first + contents.size() > now) {
        return;
      }
      Map<List<@Nullable String>, List<InputRow>> left = new LinkedHashMap<>();
      for (InputRow row : history) {
        if (row.ts() == first && isIn(held, row)) {
          String window = partitioned ? row.k() : "";
          List<@Nullable String> group = Arrays.asList(window, grouped ? row.k() : "");
          left.computeIfAbsent(group, it -> new ArrayList<>()).add(row);
        }
      }
      windows.replaceAll((k, all) -> all.stream().filter(row -> row.ts() > first).toList());
      left.forEach((k, gone) -> sendLeft(first + contents.size(), windows, k, gone, rows));
    }
  }

  private void sendLeft(
      long time,
      Map<@Nullable String, List<InputRow>> windows,
      List<@Nullable String> group,
      List<InputRow> gone,
      List<ResultRow> rows) {
    String key = gone.get(0).k();
    List<InputRow> rest =
        Objects.requireNonNull(windows.get(group.get(0))).stream()
            .filter(row -> !grouped || Objects.equals(row.k(), key))
            .toList();
    if (!rest.isEmpty()) {
      String k = newest(rest).k();
      add(new InputRow(k, null, null, time), k, rest, rows);
    }
  }

  /** The row that came last; where time lets rows go, the last of the greatest time. */
  private InputRow newest(List<InputRow> window) {
    InputRow newest = window.get(0);
    for (InputRow row : window) {
      newest = contents.size() == 0 || row.ts() >= newest.ts() ? row : newest;
    }
    return newest;
  }

  /** Sends the groups that rows leave, as they are before the arriving row. */
  private void leave(
      InputRow row, List<InputRow> held, List<InputRow> window, List<ResultRow> rows) {
    List<InputRow> staying = held.stream().filter(one -> isIn(window, one)).toList();
    List<@Nullable String> left = new ArrayList<>();
    for (InputRow one : held) {
      String key = grouped ? one.k() : null;
      if (!isIn(window, one) && !left.contains(key)) {
        left.add(key);
        List<InputRow> rest =
            staying.stream().filter(r -> !grouped || Objects.equals(r.k(), key)).toList();
        if (!rest.isEmpty()) {
          add(row, newest(rest).k(), staying, rows);
        }
      }
    }
  }

  private static boolean isIn(List<InputRow> rows, InputRow row) {
    return rows.stream().anyMatch(row::isSame);
  }

  private void evaluate(InputRow row) {
    summary.evaluate(row);
    contents.evaluate(row);
  }

  private void look(InputRow row, List<InputRow> window, List<ResultRow> rows) {
    if (grouped) {
      groups(window).keySet().forEach(k -> add(row, k, window, rows));
    } else {
      add(row, row.k(), window, rows);
    }
  }

  /** By first events: by time, then by arrival. */
  private static Map<@Nullable String, List<InputRow>> groups(List<InputRow> window) {
    List<InputRow> sorted = new ArrayList<>(window);
    sorted.sort(Comparator.comparingLong(InputRow::ts));
    Map<@Nullable String, List<InputRow>> groups = new LinkedHashMap<>();
    sorted.forEach(r -> groups.computeIfAbsent(r.k(), k -> new ArrayList<>()).add(r));
    return groups;
  }

  /** Aggregates go by time, then by arrival, where they do not go by arrival alone. */
  private void add(InputRow row, @Nullable String k, List<InputRow> window, List<ResultRow> rows) {
    List<InputRow> group =
        window.stream().filter(r -> !grouped || Objects.equals(r.k(), k)).toList();
    List<@Nullable Object> values =
        contents.isByArrival() ? summary.inOrder(group) : summary.of(group);
    rows.add(new ResultRow(row.ts(), ReferenceQuery.listOf(k, values)));
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return slack >= 0;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, this::evaluate);
  }

  /** LENGTH. */
  record Length(int length, int slide) implements Contents {
    @Override
    public boolean isByArrival() {
      return true;
    }

    @Override
    public String sql() {
      return "LENGTH (" + length + (slide == 0 ? "" : ", " + slide) + ")";
    }

    @Override
    public List<InputRow> after(List<InputRow> held, InputRow row) {
      List<InputRow> all = new ArrayList<>(held);
      all.add(row);
      return all.subList(Math.max(0, all.size() - length), all.size());
    }
  }

  /** TIME. */
  record Time(long size) implements Contents {
    @Override
    public String sql() {
      return "TIME (" + size + " MS)";
    }

    @Override
    public List<InputRow> at(long time, List<InputRow> held) {
      return held.stream().filter(row -> row.ts() > time - size).toList();
    }

    @Override
    public List<InputRow> after(List<InputRow> held, InputRow row) {
      List<InputRow> all = new ArrayList<>(held);
      all.add(row);
      return all;
    }
  }

  /** EXPRESSION. */
  record Expression(int most, long sum, Term term) implements Contents {
    @Override
    public boolean isByArrival() {
      return true;
    }

    @Override
    public String sql() {
      String small = "sum((" + term.sql() + ") % 10)";
      return "EXPRESSION (count(*) <= " + most + " AND coalesce(" + small + ", 0) < " + sum + ")";
    }

    @Override
    public void evaluate(InputRow row) {
      term.value(row);
    }

    @Override
    public List<InputRow> after(List<InputRow> held, InputRow row) {
      List<InputRow> all = new ArrayList<>(held);
      all.add(row);
      while (!all.isEmpty() && !holds(all)) {
        all.remove(0);
      }
      return all;
    }

    private boolean holds(List<InputRow> rows) {
      long total = 0;
      for (InputRow row : rows) {
        Long value = term.value(row);
        total += value == null ? 0 : value % 10;
      }
      return rows.size() <= most && total < sum;
    }
  }

  /** UNIQUE and FIRST_UNIQUE. */
  record Unique(Term key, boolean isFirst) implements Contents {
    @Override
    public String sql() {
      return (isFirst ? "FIRST_UNIQUE (" : "UNIQUE (") + key.sql() + " + 0)";
    }

    @Override
    public void evaluate(InputRow row) {
      key.value(row);
    }

    @Override
    public @Nullable List<InputRow> after(List<InputRow> held, InputRow row) {
      List<InputRow> others = new ArrayList<>(held);
      others.removeIf(other -> Objects.equals(key.value(other), key.value(row)));
      if (isFirst && others.size() < held.size()) {
        return null;
      }
      others.add(row);
      return others;
    }
  }

  /** TIME_LENGTH. */
  record TimeLength(long size, int length) implements Contents {
    @Override
    public String sql() {
      return "TIME_LENGTH (" + size + " MS, " + length + ")";
    }

    @Override
    public List<InputRow> at(long time, List<InputRow> held) {
      return held.stream().filter(row -> row.ts() > time - size).toList();
    }

    @Override
    public @Nullable List<InputRow> after(List<InputRow> held, InputRow row) {
      return kept(held, row, Comparator.comparingLong(InputRow::ts).reversed(), true, length);
    }
  }

  /** SORTED. */
  record Sorted(int length, Term term, boolean isDescending) implements Contents {
    @Override
    public String sql() {
      String order = term.sql() + " + 0" + (isDescending ? " DESC" : "");
      return "SORTED (" + length + ", " + order + ")";
    }

    @Override
    public void evaluate(InputRow row) {
      term.value(row);
    }

    @Override
    public @Nullable List<InputRow> after(List<InputRow> held, InputRow row) {
      Comparator<InputRow> order =
          Comparator.comparing(term::value, Comparator.nullsLast(Comparator.naturalOrder()));
      return kept(held, row, isDescending ? order.reversed() : order, false, length);
    }
  }

  /**
   * The first rows in an order, in the order of arrival; null if the last to come is not among
   * them.
   *
   * @param isNewestFirst whether of equal rows the last to come is first
   */
  private static @Nullable List<InputRow> kept(
      List<InputRow> held,
      InputRow row,
      Comparator<InputRow> order,
      boolean isNewestFirst,
      int length) {
    List<InputRow> all = new ArrayList<>(held);
    all.add(row);
    Comparator<Integer> arrival = Comparator.naturalOrder();
    List<Integer> places =
        IntStream.range(0, all.size())
            .boxed()
            .sorted(
                Comparator.<Integer, InputRow>comparing(all::get, order)
                    .thenComparing(isNewestFirst ? arrival.reversed() : arrival))
            .limit(length)
            .sorted()
            .toList();
    return places.contains(held.size()) ? places.stream().map(all::get).toList() : null;
  }

  /** Random ones that say what they send, of a random kind of window. */
  static SlidingRows changes(
      Condition where, Term term, Summary summary, String emit, Random random) {
    List<String> kinds = List.of("length", "unique", "expression", "sorted", "time length");
    return changes(kinds, where, term, summary, emit, random);
  }

  /** Random ones that say what they send, of one of some kinds of windows. */
  static SlidingRows changes(
      List<String> kinds, Condition where, Term term, Summary summary, String emit, Random random) {
    String kind = kinds.get(random.nextInt(kinds.size()));
    return new SlidingRows(
        where,
        summary,
        Contents.random(kind, term, random),
        0,
        random.nextBoolean(),
        random.nextBoolean(),
        emit);
  }
}
