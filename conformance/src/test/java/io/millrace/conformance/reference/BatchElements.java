package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of the elements of the rows of LENGTH_BATCH, of all k or of each: a row of values is
 * there while the last batch has it, or as its rows come.
 *
 * @param some in which rows there are both elements; in others only the second, or none
 * @param asRowsCome whether the first row of a batch begins to take the place of the one before
 */
record BatchElements(
    Condition where,
    Condition some,
    Condition others,
    Term one,
    Term two,
    int length,
    boolean partitioned,
    boolean asRowsCome)
    implements ReferenceQuery {
  static BatchElements random(Condition where, Term term, Random random) {
    return new BatchElements(
        where,
        Condition.random(random, 1),
        Condition.random(random, 1),
        term,
        Term.random(random, 1),
        1 + random.nextInt(6),
        random.nextBoolean(),
        random.nextBoolean());
  }

  @Override
  public String sql() {
    return "CREATE TABLE O AS SELECT DISTINCT k, EXPLODE(CASE WHEN "
        + some.sql()
        + " THEN ARRAY["
        + one.sql()
        + ", "
        + two.sql()
        + ", "
        + one.sql()
        + "] WHEN "
        + others.sql()
        + " THEN ARRAY["
        + two.sql()
        + "] END) AS e FROM S WINDOW LENGTH_BATCH ("
        + length
        + ") WHERE "
        + where.sql()
        + (partitioned ? " PARTITION BY k" : "")
        + (asRowsCome ? " EMIT CHANGES;" : ";");
  }

  /** What the elements of a row make of it, each once. */
  private Set<List<@Nullable Object>> elements(InputRow row) {
    Set<List<@Nullable Object>> elements = new LinkedHashSet<>();
    if (Boolean.TRUE.equals(some.value(row))) {
      elements.add(Arrays.asList(row.k(), one.value(row)));
      elements.add(Arrays.asList(row.k(), two.value(row)));
    } else if (Boolean.TRUE.equals(others.value(row))) {
      elements.add(Arrays.asList(row.k(), two.value(row)));
    }
    return elements;
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> sent = new ArrayList<>();
    Map<@Nullable String, List<InputRow>> batches = new HashMap<>();
    Map<@Nullable String, Set<List<@Nullable Object>>> shown = new HashMap<>();
    List<InputRow> ordered = slack < 0 ? history : ReferenceQuery.sorted(history, slack);
    for (InputRow row : ordered) {
      if (!ReferenceQuery.passes(where, row, this::elements)) {
        continue;
      }
      String partition = partitioned ? row.k() : "";
      List<InputRow> batch = batches.computeIfAbsent(partition, k -> new ArrayList<>());
      Set<List<@Nullable Object>> there =
          shown.computeIfAbsent(partition, k -> new LinkedHashSet<>());
      batch.add(row);
      if (asRowsCome) {
        send(elements(row), batch.size() == 1, row.ts(), there, sent);
      } else if (batch.size() == length) {
        List<InputRow> byTime = new ArrayList<>(batch);
        byTime.sort(Comparator.comparingLong(InputRow::ts));
        Set<List<@Nullable Object>> all = new LinkedHashSet<>();
        byTime.forEach(each -> all.addAll(elements(each)));
        send(all, true, row.ts(), there, sent);
      }
      if (batch.size() == length) {
        batch.clear();
      }
    }
    return sent;
  }

  private static void send(
      Set<List<@Nullable Object>> rows,
      boolean begins,
      long time,
      Set<List<@Nullable Object>> there,
      List<ResultRow> sent) {
    if (begins) {
      for (List<@Nullable Object> values : there) {
        if (!rows.contains(values)) {
          List<@Nullable Object> gone = new ArrayList<>(values);
          gone.add(ResultRow.DELETION);
          sent.add(new ResultRow(time, gone));
        }
      }
      there.clear();
    }
    there.addAll(rows);
    rows.forEach(values -> sent.add(new ResultRow(time, values)));
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return slack >= 0;
  }

  @Override
  public boolean succeeds(InputRow row) {
    return ReferenceQuery.succeeds(where, row, this::elements);
  }
}
