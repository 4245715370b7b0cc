package io.millrace.conformance.reference;

import io.millrace.conformance.reference.TableResult.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A query with rankings in any order and QUALIFY, and what it means: all rows are ranked anew with
 * each that comes, and what has changed is sent.
 *
 * @param order what the rows of a partition are ordered by: columns, with a sign for descending
 * @param selects which of the columns, the term and the rankings are selected
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

  /** A query over the stream S, or over the table T. */
  static RankedRows random(Random random, boolean isOfTable) {
    List<String> order = new ArrayList<>();
    List<String> columns = new ArrayList<>(List.of("a", "b", "k"));
    if (!isOfTable) {
      columns.add("ROWTIME");
    }
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      String column = columns.remove(random.nextInt(columns.size()));
      order.add((random.nextBoolean() || column.equals("ROWTIME") ? "-" : "+") + column);
    }
    Set<String> selects = new LinkedHashSet<>(List.of("x"));
    boolean isPartitioned = random.nextBoolean();
    for (String optional : List.of("id", "row_number", "k", "rank", "dense_rank")) {
      boolean isKey = isOfTable && isPartitioned && optional.equals("k");
      boolean isNeeded = isKey && selects.contains("row_number");
      if (isNeeded || (random.nextInt(3) == 0 && (isOfTable || !optional.equals("id")))) {
        selects.add(optional);
      }
    }
    return new RankedRows(
        Condition.random(random, 1),
        Term.random(random, 2),
        isPartitioned,
        order,
        selects,
        RANKINGS.get(random.nextInt(3)),
        1 + random.nextInt(4),
        random.nextInt(4) == 0);
  }

  String sql(String source) {
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
        + " FROM "
        + source
        + " WHERE "
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
        List<Ranked> after = ranked(rows, Map.of());
        changes.addAll(isByNumber() ? ofPlaces(before, after) : ofRows(before, after));
        before = after;
      }
    }
    return changes;
  }

  private boolean isByNumber() {
    boolean isFirstOnly =
        bounded.equals("row_number") && most == 1 && (!isPartitioned || selects.contains("k"));
    return selects.contains("row_number") || (isFirstOnly && !selects.contains("id"));
  }

  /**
   * What a table holds whose changes come, after each of them: its rows by their keys.
   *
   * @return the values of the rows by those of the keys
   */
  List<Map<List<@Nullable Object>, List<@Nullable Object>>> contents(List<TableChange> history) {
    List<Map<List<@Nullable Object>, List<@Nullable Object>>> contents = new ArrayList<>();
    Map<InputRow, Long> ids = new IdentityHashMap<>();
    List<InputRow> rows = new ArrayList<>();
    for (TableChange change : history) {
      InputRow row = change.row();
      int before =
          IntStream.range(0, rows.size())
              .filter(i -> Objects.equals(ids.get(rows.get(i)), change.id()))
              .findFirst()
              .orElse(-1);
      ids.put(row, change.id());
      if (change.isDeletion() || !ReferenceQuery.passes(where, row, term::value)) {
        rows.removeIf(there -> Objects.equals(ids.get(there), change.id()));
      } else if (before >= 0 && staysWhereItIs(rows.get(before), row)) {
        rows.set(before, row);
      } else {
        rows.removeIf(there -> Objects.equals(ids.get(there), change.id()));
        rows.add(row);
      }
      Map<List<@Nullable Object>, List<@Nullable Object>> now = new HashMap<>();
      ranked(rows, ids).forEach(ranked -> now.put(keyOf(ranked.values), ranked.values));
      contents.add(now);
    }
    return contents;
  }

  private boolean staysWhereItIs(InputRow before, InputRow now) {
    return compare(before, now) == 0 && (!isPartitioned || Objects.equals(before.k(), now.k()));
  }

  /** The values of the key of a row of the result. */
  List<@Nullable Object> keyOf(List<@Nullable Object> values) {
    List<String> keys = new ArrayList<>(selects);
    if (isByNumber()) {
      keys.removeIf(key -> !(key.equals("row_number") || (key.equals("k") && isPartitioned)));
    } else if (selects.contains("id")) {
      keys.retainAll(List.of("id"));
    }
    List<@Nullable Object> key = new ArrayList<>();
    keys.forEach(column -> key.add(values.get(List.copyOf(selects).indexOf(column))));
    return key;
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
      if (was == null || !was.row.isSame(row.row) || !was.values.equals(row.values)) {
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
      if (after.stream().noneMatch(other -> other.row.isSame(row.row))) {
        gone.add(row);
      }
    }
    for (Ranked row : after) {
      before.stream().filter(other -> other.row.isSame(row.row)).forEach(gone::add);
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
  private List<Ranked> ranked(List<InputRow> rows, Map<InputRow, Long> ids) {
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
              switch (column) {
                case "x" -> term.value(row);
                case "k" -> row.k();
                case "id" -> ids.get(row);
                default -> places.get(column);
              });
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
      number = own.get(i).isSame(row) ? i + 1L : number;
    }
    return Map.of("row_number", number, "rank", smaller + 1, "dense_rank", 0L + different.size());
  }

  private int compare(InputRow one, InputRow other) {
    return compare(one, other, order);
  }

  /**
   * Compares rows.
   *
   * @param order columns, with a sign for descending
   */
  static int compare(InputRow one, InputRow other, List<String> order) {
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
