package io.millrace.conformance.reference;

import io.millrace.conformance.reference.TableResult.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query with rankings in any order and QUALIFY, and what it means: all rows are ranked anew with
 * each that comes, and what has changed is sent.
 *
 * @param order what the rows of a partition are ordered by: columns, with a sign for descending
 * @param selects which of k, the term and the rankings are selected
 * @param bounded the ranking that QUALIFY bounds
 */
record RankedRows(
    Condition where,
    Term term,
    boolean isPartitioned,
    List<String> order,
    Set<String> selects,
    String bounded,
    long most,
    boolean onlyOdd) {
  private static final List<String> RANKINGS = List.of("row_number", "rank", "dense_rank");

  static RankedRows random(Random random) {
    List<String> order = new ArrayList<>();
    List<String> columns = new ArrayList<>(List.of("a", "b", "k", "ROWTIME"));
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      String column = columns.remove(random.nextInt(columns.size()));
      order.add((random.nextBoolean() || column.equals("ROWTIME") ? "-" : "+") + column);
    }
    Set<String> selects = new LinkedHashSet<>(List.of("x"));
    for (String optional : List.of("k", "row_number", "rank", "dense_rank")) {
      if (random.nextInt(3) == 0) {
        selects.add(optional);
      }
    }
    return new RankedRows(
        Condition.random(random, 1),
        Term.random(random, 2),
        random.nextBoolean(),
        order,
        selects,
        RANKINGS.get(random.nextInt(3)),
        1 + random.nextInt(4),
        random.nextInt(4) == 0);
  }

  String sql() {
    List<String> by = new ArrayList<>();
    for (String column : order) {
      by.add(column.substring(1) + (column.startsWith("-") ? " DESC" : ""));
    }
    String over =
        "() OVER ("
            + (isPartitioned ? "PARTITION BY k " : "")
            + "ORDER BY "
            + String.join(", ", by)
            + ")";
    List<String> list = new ArrayList<>();
    for (String column : selects) {
      list.add(
          column.equals("x")
              ? term.sql() + " AS x"
              : column + (RANKINGS.contains(column) ? over : ""));
    }
    return "SELECT "
        + String.join(", ", list)
        + " FROM S WHERE "
        + where.sql()
        + " QUALIFY "
        + bounded
        + over
        + " <= "
        + most
        + (onlyOdd ? " AND row_number" + over + " % 2 = 1" : "")
        + ";";
  }

  /** A row with its place. */
  private record Ranked(InputRow row, @Nullable Object key, List<@Nullable Object> values) {}

  List<Change> changes(List<InputRow> history) {
    List<Change> changes = new ArrayList<>();
    List<InputRow> rows = new ArrayList<>();
    List<Ranked> before = List.of();
    for (InputRow row : history) {
      if (ReferenceQuery.passes(where, row, term::value)) {
        rows.add(row);
        List<Ranked> after = ranked(rows);
        changes.addAll(isByNumber() ? ofPlaces(before, after) : ofRows(before, after));
        before = after;
      }
    }
    return changes;
  }

  private boolean isByNumber() {
    boolean isFirstOnly =
        bounded.equals("row_number") && most == 1 && (!isPartitioned || selects.contains("k"));
    return selects.contains("row_number") || isFirstOnly;
  }

  /** A change with what of it is said: of a place that is deleted its key. */
  Change known(Change change) {
    if (!isByNumber() || !change.kind().equals("-D")) {
      return change;
    }
    List<@Nullable Object> values = new ArrayList<>();
    int column = 0;
    for (String selected : selects) {
      boolean isKey = selected.equals("row_number") || (selected.equals("k") && isPartitioned);
      values.add(isKey ? change.values().get(column) : null);
      column++;
    }
    return new Change("-D", values);
  }

  private static List<Change> ofPlaces(List<Ranked> before, List<Ranked> after) {
    List<Change> changes = new ArrayList<>();
    Map<Object, Ranked> were = new HashMap<>();
    before.forEach(row -> were.put(Arrays.asList(row.key), row));
    Set<Object> keys = new HashSet<>();
    after.forEach(row -> keys.add(Arrays.asList(row.key)));
    for (Ranked row : before) {
      if (!keys.contains(Arrays.asList(row.key))) {
        changes.add(new Change("-D", row.values));
      }
    }
    for (Ranked row : after) {
      Ranked was = were.get(Arrays.asList(row.key));
      if (was == null || was.row != row.row || !was.values.equals(row.values)) {
        changes.add(new Change(was == null ? "+I" : "+U", row.values));
      }
    }
    return changes;
  }

  private static List<Change> ofRows(List<Ranked> before, List<Ranked> after) {
    Set<List<@Nullable Object>> were = new LinkedHashSet<>();
    before.forEach(row -> were.add(row.values));
    Set<List<@Nullable Object>> are = new LinkedHashSet<>();
    after.forEach(row -> are.add(row.values));
    List<Ranked> gone = new ArrayList<>();
    for (Ranked row : before) {
      if (after.stream().noneMatch(other -> other.row == row.row)) {
        gone.add(row);
      }
    }
    for (Ranked row : after) {
      before.stream().filter(other -> other.row == row.row).forEach(gone::add);
    }
    Set<List<@Nullable Object>> deleted = new LinkedHashSet<>();
    gone.forEach(row -> deleted.add(row.values));
    deleted.removeAll(are);
    are.removeAll(were);
    List<Change> changes = new ArrayList<>();
    deleted.forEach(values -> changes.add(new Change("-D", values)));
    are.forEach(values -> changes.add(new Change("+I", values)));
    return changes;
  }

  /** The rows that are wanted, in the order of their places. */
  private List<Ranked> ranked(List<InputRow> rows) {
    List<InputRow> sorted = new ArrayList<>(rows);
    sorted.sort(this::compare);
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      InputRow row = sorted.get(i);
      List<InputRow> own =
          sorted.stream()
              .filter(other -> !isPartitioned || Objects.equals(other.k(), row.k()))
              .toList();
      Map<String, Long> places = places(own, row);
      boolean isOdd = places.getOrDefault("row_number", 0L) % 2 == 1;
      if (places.getOrDefault(bounded, 0L) <= most && (isOdd || !onlyOdd)) {
        List<@Nullable Object> values = new ArrayList<>();
        for (String column : selects) {
          values.add(
              column.equals("x")
                  ? term.value(row)
                  : column.equals("k") ? row.k() : places.get(column));
        }
        Object place = selects.contains("row_number") ? places.get("row_number") : "first";
        ranked.add(new Ranked(row, Arrays.asList(isPartitioned ? row.k() : "", place), values));
      }
    }
    return ranked;
  }

  private Map<String, Long> places(List<InputRow> own, InputRow row) {
    long number = 0;
    long smaller = 0;
    List<InputRow> different = new ArrayList<>();
    for (InputRow other : own) {
      smaller += compare(other, row) < 0 ? 1 : 0;
      if (compare(other, row) <= 0
          && different.stream().noneMatch(one -> compare(one, other) == 0)) {
        different.add(other);
      }
    }
    for (int i = 0; i < own.size(); i++) {
      number = own.get(i) == row ? i + 1L : number;
    }
    return Map.of("row_number", number, "rank", smaller + 1, "dense_rank", 0L + different.size());
  }

  private int compare(InputRow one, InputRow other) {
    for (String column : order) {
      Comparator<@Nullable Comparable<Object>> natural =
          Comparator.nullsLast(Comparator.<Comparable<Object>>naturalOrder());
      int compared = natural.compare(value(one, column), value(other, column));
      if (compared != 0) {
        return column.startsWith("-") ? -compared : compared;
      }
    }
    return 0;
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Comparable<Object> value(InputRow row, String column) {
    String name = column.substring(1);
    return (@Nullable Comparable<Object>) (name.equals("ROWTIME") ? row.ts() : row.value(name));
  }
}
