package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A query over the table {@code T}, with a filter below and one above a projection, and what it
 * means: for each row of T at most one row, and a change whenever that one changes.
 *
 * @param kind where its result goes
 * @param isDistinct whether rows stay behind that are equal to what their key has sent last
 * @param selectsKey whether the projections keep the key
 */
record TableQuery(
    Kind kind,
    boolean selectsKey,
    Condition inner,
    Term x,
    Condition outer,
    Term y,
    boolean isDistinct)
    implements TableResult {

  /** Where the result of the query goes. */
  enum Kind {
    BARE("result"),
    TABLE("O"),
    SHARED_TABLE("O"),
    STREAM("O");

    private final String output;

    Kind(String output) {
      this.output = output;
    }
  }

  static TableQuery random(Kind kind, Random random) {
    return new TableQuery(
        kind,
        (kind != Kind.BARE && kind != Kind.STREAM) || random.nextBoolean(),
        Condition.random(random, 1),
        Term.random(random, 2),
        Condition.random(random, 2),
        Term.random(random, 2),
        random.nextBoolean());
  }

  @Override
  public String output() {
    return kind.output;
  }

  @Override
  public String sql() {
    String id = selectsKey ? "id, " : "";
    String select =
        "SELECT "
            + id
            + "coalesce(x, -1) AS x, "
            + y.sql()
            + " AS y FROM (SELECT "
            + id
            + "k, a, b, "
            + x.sql()
            + " AS x FROM T WHERE "
            + inner.sql()
            + ") WHERE "
            + outer.sql()
            + (isDistinct ? " EMIT CHANGES DISTINCT;" : ";");
    return switch (kind) {
      case BARE -> select;
      case TABLE -> "CREATE TABLE O AS " + select;
      case STREAM -> "CREATE STREAM O AS " + select;
      case SHARED_TABLE ->
          "CREATE TABLE O (id BIGINT PRIMARY KEY, x BIGINT, y BIGINT);\nINSERT INTO O "
              + select
              + "\nINSERT INTO O SELECT id, 0, 0 FROM T WHERE false;";
    };
  }

  /** What rows become; nothing of those that go. */
  private static List<Change> events(List<Change> changes) {
    return changes.stream()
        .filter(change -> !change.kind().equals("-D"))
        .map(change -> new Change("+I", change.values()))
        .toList();
  }

  @Override
  public List<Change> changes(List<TableChange> history) {
    List<Change> changes = new ArrayList<>();
    Map<Long, List<@Nullable Object>> result = new HashMap<>();
    for (TableChange change : history) {
      long id = change.id();
      List<@Nullable Object> before = result.get(id);
      List<@Nullable Object> after;
      try {
        after = change.isDeletion() ? null : row(id, change.row()).orElse(null);
      } catch (ArithmeticException failed) {
        after = null;
      }
      if (after != null && isDistinct && after.equals(before)) {
        continue;
      }
      if (after != null) {
        result.put(id, after);
        changes.add(new Change(before == null ? "+I" : "+U", after));
      } else if (before != null) {
        result.remove(id);
        changes.add(new Change("-D", before));
      }
    }
    return kind == Kind.STREAM ? events(changes) : changes;
  }

  private Optional<List<@Nullable Object>> row(long id, InputRow row) {
    if (!Boolean.TRUE.equals(inner.value(row))) {
      return Optional.empty();
    }
    Long first = x.value(row);
    if (!Boolean.TRUE.equals(outer.value(row))) {
      return Optional.empty();
    }
    Long shown = first == null ? (Long) (-1L) : first;
    Long second = y.value(row);
    return Optional.of(
        selectsKey ? Arrays.asList(id, shown, second) : Arrays.asList(shown, second));
  }
}
