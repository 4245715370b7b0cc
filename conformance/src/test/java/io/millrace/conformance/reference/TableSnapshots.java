package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates over the table {@code T} by a computed key that are sent together: EMIT EVERY and EMIT
 * FINAL, and what they mean: what a query over the rows of the moment would give.
 *
 * @param isPartitioned whether {@code k} tells partitions apart
 * @param fewest groups of fewer rows are not in the result
 * @param every milliseconds, or changes; 0 for EMIT FINAL
 * @param isTime which of them
 */
record TableSnapshots(
    Condition where, Term key, boolean isPartitioned, int fewest, long every, boolean isTime)
    implements TableResult {

  static TableSnapshots random(Random random) {
    boolean isTime = random.nextBoolean();
    return new TableSnapshots(
        Condition.random(random, 1),
        Term.random(random, 2),
        random.nextBoolean(),
        1 + random.nextInt(2),
        random.nextInt(4) == 0
            ? 0
            : isTime ? 500L * (1 + random.nextInt(8)) : 1 + random.nextInt(4),
        isTime);
  }

  @Override
  public String output() {
    return "O";
  }

  @Override
  public String sql() {
    return "CREATE STREAM O AS SELECT k, g, count(*) AS n, sum(a) AS s, max(a) AS most FROM (SELECT"
        + " k, a, "
        + key.sql()
        + " AS g FROM T WHERE "
        + where.sql()
        + ") GROUP BY "
        + (isPartitioned ? "g" : "k, g")
        + (fewest > 1 ? " HAVING count(*) >= " + fewest : "")
        + (isPartitioned ? " PARTITION BY k" : "")
        + " EMIT "
        + (every == 0 ? "FINAL" : "EVERY " + every + (isTime ? " MS" : " EVENTS"))
        + ";";
  }

  @Override
  public List<Change> changes(List<TableChange> history) {
    return new Run().run(history);
  }

  /** A group. */
  private record Group(@Nullable String k, @Nullable Long g) {}

  /** A row of T that is in a group. */
  private record Member(Group group, @Nullable Long a) {}

  /** Where a group stands among others. */
  private record Place(long time, int number) {}

  /** One history. */
  private final class Run {
    private final List<Change> sent = new ArrayList<>();
    private final Map<Long, Member> members = new HashMap<>();
    private final Map<Group, Place> places = new HashMap<>();
    private final Map<@Nullable Object, Integer> counts = new HashMap<>();
    private int number;
    private long latest = Long.MIN_VALUE;

    /** Before it nothing is sent any more. */
    private long next = Long.MIN_VALUE;

    List<Change> run(List<TableChange> history) {
      long watermark = Long.MIN_VALUE;
      for (TableChange change : history) {
        tickUpTo(Math.max(watermark, change.row().ts()));
        take(change);
        watermark = Math.max(watermark, change.row().ts());
        tickUpTo(watermark);
      }
      if (every == 0) {
        look(null);
      } else if (latest > Long.MIN_VALUE) {
        tickUpTo(latest + every);
      }
      return sent;
    }

    private void take(TableChange change) {
      Member before = members.remove(change.id());
      Member after = member(change);
      if (after != null) {
        Place place = new Place(change.row().ts(), number++);
        Place known = places.get(after.group());
        boolean stays = known != null && known.time() <= place.time();
        places.put(after.group(), stays ? known : place);
        members.put(change.id(), after);
      }
      places.keySet().removeIf(g -> members.values().stream().noneMatch(m -> m.group().equals(g)));
      if (before != null || after != null) {
        latest = Math.max(latest, change.row().ts());
        count(before, after);
      }
    }

    private void count(@Nullable Member before, @Nullable Member after) {
      Set<@Nullable Object> concerned = new LinkedHashSet<>();
      if (before != null) {
        concerned.add(isPartitioned ? before.group().k() : "all");
      }
      if (after != null) {
        concerned.add(isPartitioned ? after.group().k() : "all");
      }
      for (Object partition : concerned) {
        if (every > 0 && !isTime && counts.merge(partition, 1, Integer::sum) % every == 0) {
          look(partition);
        }
      }
    }

    private @Nullable Member member(TableChange change) {
      InputRow row = change.row();
      try {
        return change.isDeletion() || !Boolean.TRUE.equals(where.value(row))
            ? null
            : new Member(new Group(row.k(), key.value(row)), row.a());
      } catch (ArithmeticException failed) {
        return null;
      }
    }

    private void tickUpTo(long time) {
      if (every == 0 || !isTime) {
        return;
      }
      long last = Math.floorDiv(time, every) * every;
      for (long tick = next; tick <= last && !members.isEmpty(); tick += every) {
        look("all");
      }
      next = Math.max(next, last + every);
    }

    private void look(@Nullable Object partition) {
      boolean all = every == 0 || isTime || !isPartitioned;
      places.entrySet().stream()
          .sorted(
              Comparator.comparingLong((Map.Entry<Group, Place> e) -> e.getValue().time())
                  .thenComparingInt(e -> e.getValue().number()))
          .map(Map.Entry::getKey)
          .filter(group -> all || Objects.equals(group.k(), partition))
          .forEach(this::send);
    }

    private void send(Group group) {
      List<Member> rows =
          members.values().stream().filter(member -> member.group().equals(group)).toList();
      if (rows.size() >= fewest) {
        List<Long> values = rows.stream().map(Member::a).filter(Objects::nonNull).toList();
        List<@Nullable Object> row = new ArrayList<>();
        row.add(group.k());
        row.add(group.g());
        row.add((long) rows.size());
        row.add(values.stream().reduce(Long::sum).orElse(null));
        row.add(values.stream().reduce(Math::max).orElse(null));
        sent.add(new Change("+I", row));
      }
    }
  }
}
