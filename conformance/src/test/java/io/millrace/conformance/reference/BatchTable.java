package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * LENGTH_BATCH into a table: of all k or of each, a batch takes the place of the one before, when
 * it is full or as its rows come.
 *
 * @param asRowsCome whether the first row of a batch begins to take that place
 */
record BatchTable(Batches.ByLength batches, boolean asRowsCome) implements ReferenceQuery {
  static BatchTable random(Condition where, Summary summary, Random random) {
    return new BatchTable(
        new Batches.ByLength(where, summary, 1 + random.nextInt(6), random.nextBoolean()),
        random.nextBoolean());
  }

  @Override
  public String sql() {
    String table = batches.sql().replace("CREATE STREAM", "CREATE TABLE");
    return asRowsCome ? table.replace(";", " EMIT CHANGES;") : table;
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> sent = new ArrayList<>();
    Map<@Nullable String, Map<@Nullable Object, List<@Nullable Object>>> shown = new HashMap<>();
    if (asRowsCome) {
      Map<@Nullable String, List<InputRow>> current = new HashMap<>();
      for (InputRow row : batches.taken(history, slack)) {
        List<InputRow> batch =
            current.computeIfAbsent(batches.partition(row.k()), k -> new ArrayList<>());
        if (batch.size() == batches.length()) {
          batch.clear();
        }
        batch.add(row);
        List<InputRow> group = batch.stream().filter(r -> Objects.equals(r.k(), row.k())).toList();
        ResultRow result =
            new ResultRow(
                row.ts(), ReferenceQuery.listOf(row.k(), batches.summary().inOrder(group)));
        send(List.of(result), batch.size() == 1, shown, sent);
      }
    } else {
      batches.emissions(history, slack).forEach(rows -> send(rows, true, shown, sent));
    }
    return sent;
  }

  /**
   * Sends rows of one partition.
   *
   * @param begins whether they are the first ones of what takes the place of what is there
   */
  private void send(
      List<ResultRow> rows,
      boolean begins,
      Map<@Nullable String, Map<@Nullable Object, List<@Nullable Object>>> shown,
      List<ResultRow> sent) {
    ResultRow first = rows.get(0);
    Map<@Nullable Object, List<@Nullable Object>> there =
        shown.computeIfAbsent(
            batches.partition((String) first.values().get(0)), k -> new LinkedHashMap<>());
    if (begins) {
      there.forEach(
          (k, values) -> {
            if (rows.stream().noneMatch(row -> Objects.equals(row.values().get(0), k))) {
              List<@Nullable Object> gone = new ArrayList<>(values);
              gone.add(ResultRow.DELETION);
              sent.add(new ResultRow(first.time(), gone));
            }
          });
      there.clear();
    }
    rows.forEach(row -> there.put(row.values().get(0), row.values()));
    sent.addAll(rows);
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return batches.mayDropLateRows(slack);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return batches.succeeds(row);
  }
}
