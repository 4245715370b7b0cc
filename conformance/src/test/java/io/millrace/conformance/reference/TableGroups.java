package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates over the table {@code T} by a computed key, and what they mean: what a query over its
 * rows of the moment would give, sent where a group has a row more, less or another one.
 *
 * @param fewest groups of fewer rows are not in the result
 * @param isRollup whether all rows are a group, too, behind the others
 * @param isDistinct whether rows stay behind that are equal to what their group has sent last
 */
record TableGroups(Condition where, Term key, int fewest, boolean isRollup, boolean isDistinct)
    implements TableResult {

  static TableGroups random(Random random) {
    return new TableGroups(
        Condition.random(random, 1),
        Term.random(random, 2),
        1 + random.nextInt(2),
        random.nextBoolean(),
        random.nextBoolean());
  }

  @Override
  public String output() {
    return "O";
  }

  @Override
  public String sql() {
    return "CREATE TABLE O AS SELECT g, "
        + (isRollup ? "GROUPING(g) AS o, " : "")
        + "count(*) AS n, sum(a) AS s, min(a) AS least, max(a) AS most, count(DISTINCT a) AS d"
        + " FROM (SELECT a, "
        + key.sql()
        + " AS g FROM T WHERE "
        + where.sql()
        + ") GROUP BY "
        + (isRollup ? "ROLLUP (g)" : "g")
        + (fewest > 1 ? " HAVING count(*) >= " + fewest : "")
        + (isDistinct ? " EMIT CHANGES DISTINCT" : "")
        + ";";
  }

  /** A row of T that is in a group. */
  private record Member(@Nullable Long group, @Nullable Long a) {}

  /** A group by its key, or that of all rows. */
  private record Group(@Nullable Long key, boolean isOfAll) {
    boolean has(Member row) {
      return isOfAll || Objects.equals(row.group(), key);
    }
  }

  @Override
  public List<Change> changes(List<TableChange> history) {
    List<Change> changes = new ArrayList<>();
    Map<Long, Member> members = new HashMap<>();
    for (TableChange change : history) {
      Map<Long, Member> before = new HashMap<>(members);
      members.remove(change.id());
      member(change).ifPresent(member -> members.put(change.id(), member));
      Set<Group> concerned = new LinkedHashSet<>();
      Stream.of(before, members)
          .map(state -> state.get(change.id()))
          .filter(Objects::nonNull)
          .forEach(member -> concerned.add(new Group(member.group(), false)));
      if (isRollup && !concerned.isEmpty()) {
        concerned.add(new Group(null, true));
      }
      for (Group group : concerned) {
        List<@Nullable Object> was = result(group, before);
        List<@Nullable Object> is = result(group, members);
        if (is != null) {
          if (isDistinct && is.equals(was)) {
            continue;
          }
          changes.add(new Change(was == null ? "+I" : "+U", is));
        } else if (was != null) {
          changes.add(new Change("-D", was));
        }
      }
    }
    return changes;
  }

  private Optional<Member> member(TableChange change) {
    try {
      return change.isDeletion() || !Boolean.TRUE.equals(where.value(change.row()))
          ? Optional.empty()
          : Optional.of(new Member(key.value(change.row()), change.row().a()));
    } catch (ArithmeticException failed) {
      return Optional.empty();
    }
  }

  private @Nullable List<@Nullable Object> result(Group group, Map<Long, Member> members) {
    List<Member> rows = members.values().stream().filter(group::has).toList();
    if (rows.size() < fewest) {
      return null;
    }
    List<Long> values = rows.stream().map(Member::a).filter(Objects::nonNull).toList();
    boolean isEmpty = values.isEmpty();
    List<@Nullable Object> result = new ArrayList<>();
    result.add(group.key());
    if (isRollup) {
      result.add(group.isOfAll() ? 1L : 0L);
    }
    result.addAll(
        Arrays.asList(
            (long) rows.size(),
            isEmpty ? null : (Object) values.stream().mapToLong(Long::longValue).sum(),
            isEmpty ? null : (Object) values.stream().mapToLong(Long::longValue).min().getAsLong(),
            isEmpty ? null : (Object) values.stream().mapToLong(Long::longValue).max().getAsLong(),
            values.stream().distinct().count()));
    return result;
  }
}
