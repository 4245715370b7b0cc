package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A join of the stream {@code L} with what is in the table {@code T} when a row comes.
 *
 * @param isById whether rows are found by the primary key too
 */
record TableJoin(JoinCondition condition, boolean isById, boolean isLeftJoin) {

  /**
   * A row of the stream, or a change of the table.
   *
   * @param row of the stream; null for a change
   * @param change of the table; null for a row
   */
  record Step(@Nullable InputRow row, @Nullable TableChange change) {
    static Step random(Random random, int step) {
      InputRow row = SidedRow.random(random, step, 0).row();
      return random.nextBoolean()
          ? new Step(row, null)
          : new Step(null, new TableChange(random.nextInt(4), random.nextInt(4) == 0, row));
    }

    JoinRun.Event event() {
      if (row != null) {
        return new JoinRun.Event("L", false, row.toMap(), row.ts());
      }
      TableChange changed = Objects.requireNonNull(change);
      return new JoinRun.Event("T", changed.isDeletion(), changed.toMap(), changed.row().ts());
    }
  }

  static TableJoin random(Random random) {
    return new TableJoin(JoinCondition.safe(random), random.nextBoolean(), random.nextBoolean());
  }

  String sql() {
    return "CREATE TABLE T (id BIGINT PRIMARY KEY, k STRING, a INT, b BIGINT);\n"
        + "CREATE STREAM O AS SELECT l.k AS lk, l.a AS la, l.b AS lb, r.id AS id, r.k AS rk,"
        + " r.a AS ra, r.b AS rb FROM L l "
        + (isLeftJoin ? "LEFT JOIN" : "JOIN")
        + " T r ON "
        + (isById ? "l.a = r.id AND " : "")
        + condition.sql()
        + ";";
  }

  /** All rows that it sends; matches come by the times of what the table holds. */
  List<ResultRow> results(List<Step> history) {
    List<ResultRow> rows = new ArrayList<>();
    Map<Long, TableChange> table = new LinkedHashMap<>();
    for (Step step : history) {
      TableChange change = step.change();
      if (change != null) {
        table.remove(change.id());
        if (!change.isDeletion()) {
          table.put(change.id(), change);
        }
      }
      InputRow row = step.row();
      if (row != null) {
        List<TableChange> matches =
            table.values().stream()
                .filter(r -> !isById || Objects.equals(row.a(), r.id()))
                .filter(r -> condition.matches(row, r.row()))
                .sorted(Comparator.comparingLong(r -> r.row().ts()))
                .toList();
        matches.forEach(match -> rows.add(joined(row, match)));
        if (matches.isEmpty() && isLeftJoin) {
          rows.add(joined(row, null));
        }
      }
    }
    return rows;
  }

  private static ResultRow joined(InputRow row, @Nullable TableChange match) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(row.k());
    values.add(row.a());
    values.add(row.b());
    values.add(match == null ? null : (Long) match.id());
    values.add(match == null ? null : match.row().k());
    values.add(match == null ? null : match.row().a());
    values.add(match == null ? null : match.row().b());
    return new ResultRow(row.ts(), values);
  }
}
