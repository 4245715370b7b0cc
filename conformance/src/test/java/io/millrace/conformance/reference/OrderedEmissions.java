package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * ORDER BY, LIMIT and OFFSET over a query that sends emissions.
 *
 * @param items what is sorted by, most important first
 * @param limit how many rows of an emission are kept; negative for all
 * @param rest what stands behind them in SQL
 */
record OrderedEmissions(ReferenceQuery query, List<Item> items, int limit, int offset, String rest)
    implements ReferenceQuery {
  private static final Pattern AGGREGATE = Pattern.compile(" AS (a\\d+)");

  /** A column of the result. */
  record Item(int column, String name, boolean isDescending, boolean nullsFirst) {
    static Item random(List<String> columns, Random random) {
      int column = random.nextInt(columns.size());
      return new Item(column, columns.get(column), random.nextBoolean(), random.nextBoolean());
    }

    String sql() {
      return name
          + (isDescending ? " DESC" : "")
          + (nullsFirst == isDescending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST");
    }

    private int compare(ResultRow row, ResultRow other) {
      @Nullable Object a = row.values().get(column);
      @Nullable Object b = other.values().get(column);
      if (a == null || b == null) {
        int nulls = a == b ? 0 : a == null ? -1 : 1;
        return nullsFirst ? nulls : -nulls;
      }
      return isDescending ? -compareValues(a, b) : compareValues(a, b);
    }

    private static int compareValues(Object a, Object b) {
      if (a instanceof String text) {
        return text.compareTo((String) b);
      }
      if (a instanceof List<?> list) {
        return compareLists(list, (List<?>) b);
      }
      return a instanceof Double number
          ? number.compareTo((Double) b)
          : Long.compare((long) a, (long) b);
    }

    /** Element by element, NULL last, then by length. */
    private static int compareLists(List<?> a, List<?> b) {
      for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
        Object one = a.get(i);
        Object other = b.get(i);
        int order =
            one == null || other == null
                ? Boolean.compare(one == null, other == null)
                : Long.compare((long) one, (long) other);
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(a.size(), b.size());
    }
  }

  static OrderedEmissions random(ReferenceQuery query, String rest, Random random) {
    List<String> columns = new ArrayList<>(List.of("k"));
    if (query.sql().contains(" AS g,")) {
      columns.add("g");
    }
    AGGREGATE.matcher(query.sql()).results().forEach(found -> columns.add(found.group(1)));
    List<Item> items = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      items.add(Item.random(columns, random));
    }
    int limit = random.nextInt(4) == 0 ? -1 : random.nextInt(4);
    return new OrderedEmissions(query, items, limit, limit < 0 ? 0 : random.nextInt(2), rest);
  }

  @Override
  public String sql() {
    String text = ReferenceQuery.unfinished(query.sql());
    int emit = text.indexOf(" EMIT ");
    String select = emit < 0 ? text : text.substring(0, emit);
    return select
        + " ORDER BY "
        + String.join(", ", items.stream().map(Item::sql).toList())
        + (limit < 0 ? "" : " LIMIT " + limit + " OFFSET " + offset)
        + (emit < 0 ? rest : text.substring(emit))
        + ";";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    Comparator<ResultRow> order = items.get(0)::compare;
    for (Item item : items.subList(1, items.size())) {
      order = order.thenComparing(item::compare);
    }
    List<ResultRow> rows = new ArrayList<>();
    for (List<ResultRow> emission : query.emissions(history, slack)) {
      emission.stream()
          .sorted(order)
          .skip(offset)
          .limit(limit < 0 ? Long.MAX_VALUE : limit)
          .forEach(rows::add);
    }
    return rows;
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return query.mayDropLateRows(slack);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return query.succeeds(row);
  }
}
