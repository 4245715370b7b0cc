package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Groups of a union of queries over the table {@code T}, and what they mean: a change of a row is
 * one of all that the queries make of it. What goes by it comes first, then groups in the order in
 * which the queries change them.
 *
 * @param branches the queries that are united
 */
record UnitedGroups(List<Branch> branches) implements TableResult {

  /** A query with a filter and a computed key. */
  record Branch(Condition where, Term key) {
    String sql() {
      return "(SELECT a, " + key.sql() + " AS g FROM T WHERE " + where.sql() + ")";
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
  }

  /** What a query makes of a row. */
  private record Member(@Nullable Long group, @Nullable Long a) {}

  /** Where a row of the union comes from. */
  private record Place(int branch, long id) {}

  static UnitedGroups random(Random random) {
    List<Branch> branches = new ArrayList<>();
    for (int i = random.nextInt(2); i >= -1; i--) {
      branches.add(new Branch(Condition.random(random, 1), Term.random(random, 2)));
    }
    return new UnitedGroups(branches);
  }

  @Override
  public String output() {
    return "O";
  }

  @Override
  public String sql() {
    return "CREATE TABLE O AS SELECT g, count(*) AS n, sum(a) AS s FROM ("
        + branches.stream().map(Branch::sql).collect(Collectors.joining(" UNION ALL "))
        + ") GROUP BY g;";
  }

  @Override
  public List<Change> changes(List<TableChange> history) {
    List<Change> changes = new ArrayList<>();
    Map<Place, Member> members = new HashMap<>();
    for (TableChange change : history) {
      Map<Place, Member> before = new HashMap<>(members);
      Set<@Nullable Long> concerned = new LinkedHashSet<>();
      for (int i = 0; i < branches.size(); i++) {
        Place place = new Place(i, change.id());
        members.remove(place);
        branches.get(i).member(change).ifPresent(member -> members.put(place, member));
        Stream.of(before, members)
            .map(state -> state.get(place))
            .filter(Objects::nonNull)
            .forEach(member -> concerned.add(member.group()));
      }
      for (boolean isGone : new boolean[] {true, false}) {
        concerned.stream()
            .filter(group -> result(group, members).isEmpty() == isGone)
            .forEach(group -> add(result(group, before), result(group, members), changes));
      }
    }
    return changes;
  }

  private static void add(
      Optional<List<@Nullable Object>> was,
      Optional<List<@Nullable Object>> is,
      List<Change> changes) {
    if (is.isPresent()) {
      changes.add(new Change(was.isPresent() ? "+U" : "+I", is.get()));
    } else {
      was.ifPresent(values -> changes.add(new Change("-D", values)));
    }
  }

  private static Optional<List<@Nullable Object>> result(
      @Nullable Long group, Map<Place, Member> members) {
    List<Member> rows =
        members.values().stream().filter(m -> Objects.equals(m.group(), group)).toList();
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<Long> values = rows.stream().map(Member::a).filter(Objects::nonNull).toList();
    List<@Nullable Object> result = new ArrayList<>();
    result.add(group);
    result.add((long) rows.size());
    result.add(values.isEmpty() ? null : values.stream().mapToLong(Long::longValue).sum());
    return Optional.of(result);
  }
}
