package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A table by a computed key of the rows of the table {@code T}, and what it means: of each key the
 * row that came or changed last of those that are there.
 *
 * @param hasId whether it has the key of T, too
 */
record RekeyedTable(Condition where, Term key, Term y, boolean hasId) implements TableResult {
  static RekeyedTable random(Random random) {
    return new RekeyedTable(
        Condition.random(random, 1),
        Term.random(random, 1),
        Term.random(random, 2),
        random.nextBoolean());
  }

  @Override
  public String output() {
    return "O";
  }

  @Override
  public String sql() {
    return "CREATE TABLE O (x BIGINT PRIMARY KEY, y BIGINT"
        + (hasId ? ", id BIGINT" : "")
        + ");\nINSERT INTO O SELECT "
        + key.sql()
        + ", "
        + y.sql()
        + (hasId ? ", id" : "")
        + " FROM T WHERE "
        + where.sql()
        + ";";
  }

  @Override
  public List<Change> changes(List<TableChange> history) {
    List<Change> sent = new ArrayList<>();
    Map<Long, List<@Nullable Object>> byId = new HashMap<>();
    Map<@Nullable Object, List<List<@Nullable Object>>> byKey = new HashMap<>();
    for (TableChange change : history) {
      List<@Nullable Object> before = byId.remove(change.id());
      List<@Nullable Object> after = row(change);
      if (before != null) {
        List<List<@Nullable Object>> rows = Objects.requireNonNull(byKey.get(before.get(0)));
        boolean isShown = rows.indexOf(before) == rows.size() - 1;
        rows.remove(before);
        boolean isReplaced = after != null && sameKey(before, after);
        if (isShown && !isReplaced) {
          sent.add(rows.isEmpty() ? change("-D", before) : change("+U", rows.get(rows.size() - 1)));
        }
      }
      if (after != null) {
        List<List<@Nullable Object>> rows =
            byKey.computeIfAbsent(after.get(0), k -> new ArrayList<>());
        boolean isNew = rows.isEmpty() && !(before != null && sameKey(before, after));
        rows.add(after);
        byId.put(change.id(), after);
        sent.add(change(isNew ? "+I" : "+U", after));
      }
    }
    return sent;
  }

  private Change change(String kind, List<@Nullable Object> row) {
    return new Change(kind, hasId ? row : row.subList(0, 2));
  }

  private static boolean sameKey(List<@Nullable Object> one, List<@Nullable Object> other) {
    return one.subList(0, 1).equals(other.subList(0, 1));
  }

  private @Nullable List<@Nullable Object> row(TableChange change) {
    try {
      return change.isDeletion() || !Boolean.TRUE.equals(where.value(change.row()))
          ? null
          : Arrays.asList(key.value(change.row()), y.value(change.row()), change.id());
    } catch (ArithmeticException failed) {
      return null;
    }
  }
}
