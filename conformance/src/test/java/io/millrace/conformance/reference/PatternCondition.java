package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an event must be to fit an element: all of some comparisons. */
record PatternCondition(List<Comparison> comparisons) {
  private static final List<String> OPERATORS = List.of("=", "<>", "<", ">=", ">", "<=");

  /**
   * {@code left operator right}; true too while the element has taken nothing, if it says so.
   *
   * @param unlessFirst the name of the element whose first event is free of it, or null
   */
  record Comparison(Value left, String operator, Value right, @Nullable String unlessFirst) {
    String sql() {
      String text = left.sql() + " " + operator + " " + right.sql();
      return unlessFirst == null ? text : "(count(" + unlessFirst + ") = 0 OR " + text + ")";
    }

    boolean holds(PatternEvent event, Map<String, List<PatternEvent>> taken) {
      if (unlessFirst != null && of(unlessFirst, taken).isEmpty()) {
        return true;
      }
      Long l = left.of(event, taken);
      Long r = right.of(event, taken);
      if (l == null || r == null) {
        return false;
      }
      return switch (operator) {
        case "=" -> l.equals(r);
        case "<>" -> !l.equals(r);
        case "<" -> l < r;
        case "<=" -> l <= r;
        case ">" -> l > r;
        default -> l >= r;
      };
    }
  }

  /** A number, of the event or of those that were taken before. */
  interface Value {
    String sql();

    @Nullable Long of(PatternEvent event, Map<String, List<PatternEvent>> taken);
  }

  private record Own() implements Value {
    @Override
    public String sql() {
      return "v";
    }

    @Override
    public @Nullable Long of(PatternEvent event, Map<String, List<PatternEvent>> taken) {
      return event.v();
    }
  }

  private record Constant(long value) implements Value {
    @Override
    public String sql() {
      return String.valueOf(value);
    }

    @Override
    public Long of(PatternEvent event, Map<String, List<PatternEvent>> taken) {
      return value;
    }
  }

  /** Of an element. */
  record Reading(String name, String sql, Function<List<PatternEvent>, @Nullable Long> function)
      implements Value {
    @Override
    public @Nullable Long of(PatternEvent event, Map<String, List<PatternEvent>> taken) {
      return function.apply(PatternCondition.of(name, taken));
    }
  }

  /**
   * A random condition.
   *
   * @param earlier the elements that it may read
   * @param self the element that it is of, if that is repeated, else null
   */
  static PatternCondition random(
      List<PatternPart.Element> earlier, @Nullable String self, Random random) {
    List<Comparison> comparisons = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      Value constant = new Constant(random.nextInt(4));
      comparisons.add(new Comparison(new Own(), operator(random), constant, null));
    }
    if (!earlier.isEmpty() && random.nextInt(3) == 0) {
      PatternPart.Element element = earlier.get(random.nextInt(earlier.size()));
      Value value = reading(element.name(), element.isList(), "v", random);
      boolean isOwnFirst = random.nextBoolean();
      Value left = isOwnFirst ? new Own() : value;
      Value right = isOwnFirst ? value : new Own();
      comparisons.add(new Comparison(left, operator(random), right, null));
    }
    if (self != null && random.nextInt(3) == 0) {
      Value value = reading(self, true, "v", random);
      comparisons.add(new Comparison(new Own(), operator(random), value, self));
    }
    return new PatternCondition(comparisons);
  }

  /** Something of an element: a column of its event, or what is known of several. */
  static Reading reading(String name, boolean isList, String column, Random random) {
    return isList ? readings(name, column).get(random.nextInt(7)) : scalar(name, column);
  }

  static Reading scalar(String name, String column) {
    return new Reading(name, name + "." + column, events -> at(events, 0, column));
  }

  /** What can be known of a list. */
  static List<Reading> readings(String name, String column) {
    String of = "(" + name + "." + column + ")";
    return List.of(
        new Reading(name, "count(" + name + ")", events -> (long) events.size()),
        new Reading(name, name + "[1]." + column, events -> at(events, 0, column)),
        new Reading(name, name + "[2]." + column, events -> at(events, 1, column)),
        new Reading(
            name, name + "[last]." + column, events -> at(events, events.size() - 1, column)),
        new Reading(name, "first" + of, events -> at(events, 0, column)),
        new Reading(name, "sum" + of, events -> sum(events, column)),
        new Reading(name, "max" + of, events -> max(events, column)));
  }

  private static @Nullable Long at(List<PatternEvent> events, int index, String column) {
    boolean isThere = index >= 0 && index < events.size();
    return isThere ? column(events.get(index), column) : null;
  }

  private static @Nullable Long sum(List<PatternEvent> events, String column) {
    Long sum = null;
    for (PatternEvent event : events) {
      Long value = column(event, column);
      if (value != null) {
        sum = (sum == null ? 0 : sum) + value;
      }
    }
    return sum;
  }

  private static @Nullable Long max(List<PatternEvent> events, String column) {
    return events.stream()
        .map(event -> column(event, column))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static @Nullable Long column(PatternEvent event, String column) {
    return column.equals("id") ? (Long) event.id() : event.v();
  }

  private static String operator(Random random) {
    return OPERATORS.get(random.nextInt(OPERATORS.size()));
  }

  private static List<PatternEvent> of(String name, Map<String, List<PatternEvent>> taken) {
    return taken.getOrDefault(name, List.of());
  }

  String sql() {
    return comparisons.isEmpty()
        ? ""
        : comparisons.stream().map(Comparison::sql).collect(Collectors.joining(" AND ", " (", ")"));
  }

  boolean holds(PatternEvent event, Map<String, List<PatternEvent>> taken) {
    return comparisons.stream().allMatch(comparison -> comparison.holds(event, taken));
  }
}
