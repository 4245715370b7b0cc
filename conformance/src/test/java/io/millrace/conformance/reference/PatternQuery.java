package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A query of a random pattern over the streams A, B and C.
 *
 * @param columns what it selects, beside the key
 * @param slack how far each stream's watermark stays behind; negative if they are TIMESTAMP BY
 */
record PatternQuery(
    PatternPart pattern,
    PatternSkip skip,
    boolean hasKey,
    List<PatternCondition.Reading> columns,
    List<String> streams,
    long slack) {

  static PatternQuery random(RandomPattern.Kind kind, long slack, Random random) {
    PatternPart pattern = RandomPattern.of(kind, random);
    List<PatternCondition.Reading> columns = new ArrayList<>();
    for (PatternPart.Element element : pattern.elements()) {
      if (element.isList()) {
        columns.addAll(PatternCondition.readings(element.name(), "id"));
      } else {
        columns.add(PatternCondition.scalar(element.name(), "id"));
      }
    }
    String text = pattern.sql();
    List<String> streams = new ArrayList<>();
    for (int i = 0; i < PatternEvent.STREAMS; i++) {
      if (place(text, PatternEvent.stream(i)) >= 0) {
        streams.add(PatternEvent.stream(i));
      }
    }
    streams.sort(Comparator.comparingInt(stream -> place(text, stream)));
    return new PatternQuery(
        pattern,
        skip(pattern, random),
        hasKey(pattern) || random.nextBoolean(),
        columns,
        streams,
        slack);
  }

  /** Where a stream is named first. No other word of a pattern is its name. */
  private static int place(String text, String stream) {
    Matcher matcher = Pattern.compile("\\b" + stream + "\\b").matcher(text);
    return matcher.find() ? matcher.start() : -1;
  }

  private static PatternSkip skip(PatternPart pattern, Random random) {
    PatternSkip.Mode[] modes = PatternSkip.Mode.values();
    PatternSkip.Mode mode =
        random.nextInt(3) > 0 ? PatternSkip.Mode.NONE : modes[random.nextInt(modes.length)];
    boolean namesOne = mode == PatternSkip.Mode.TO_FIRST || mode == PatternSkip.Mode.TO_LAST;
    @Nullable String name = namesOne ? certain(pattern) : null;
    return namesOne && name == null
        ? new PatternSkip(PatternSkip.Mode.PAST_LAST_ROW, null)
        : new PatternSkip(mode, name);
  }

  /** The name of an element that each match has an event of, or null. */
  private static @Nullable String certain(PatternPart part) {
    if (part instanceof PatternPart.Element element) {
      return element.name();
    }
    if (part instanceof PatternPart.Repeat repeat) {
      return repeat.min() > 0 ? repeat.element().name() : null;
    }
    if (part instanceof PatternPart.Every every) {
      return certain(every.operand());
    }
    if (part instanceof PatternPart.Within within) {
      return certain(within.operand());
    }
    if (part instanceof PatternPart.Sequence sequence) {
      for (int i = sequence.steps().size() - 1; i >= 0; i--) {
        String name = certain(sequence.steps().get(i).part());
        if (name != null) {
          return name;
        }
      }
    }
    return null;
  }

  static boolean beginsWithEvery(PatternPart part) {
    if (part instanceof PatternPart.Within within) {
      return beginsWithEvery(within.operand());
    }
    return part instanceof PatternPart.Sequence sequence
        ? beginsWithEvery(sequence.steps().get(0).part())
        : part instanceof PatternPart.Every;
  }

  /** An absence at the head begins with the first event of a key; without one, with the query. */
  private static boolean hasKey(PatternPart part) {
    if (part instanceof PatternPart.Within within) {
      return hasKey(within.operand());
    }
    return part instanceof PatternPart.Sequence sequence
        ? hasKey(sequence.steps().get(0).part())
        : part instanceof PatternPart.Absence;
  }

  String sql() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < PatternEvent.STREAMS; i++) {
      text.append("CREATE STREAM ")
          .append(PatternEvent.stream(i))
          .append(" (k STRING, v INT, id BIGINT, ts TIMESTAMP, ")
          .append(slack < 0 ? "TIMESTAMP BY ts" : "WATERMARK FOR ts AS ts - " + slack + " MS")
          .append(");\n");
    }
    text.append("CREATE STREAM O AS SELECT ").append(hasKey ? "k" : "1 AS one");
    for (int i = 0; i < columns.size(); i++) {
      text.append(", ").append(columns.get(i).sql()).append(" AS c").append(i);
    }
    text.append("\nFROM PATTERN (").append(pattern.sql()).append(skip.sql()).append(")");
    return text.append(hasKey ? " PARTITION BY k;" : ";").toString();
  }

  /** All rows that it sends for a history that ends with the clock at the end of time. */
  List<ResultRow> results(List<PatternEvent> history) {
    List<ResultRow> rows = new ArrayList<>();
    Map<String, PatternAttempts> keys = new LinkedHashMap<>();
    long clock = Long.MIN_VALUE;
    long place = 0;
    for (PatternEvent event : seen(history)) {
      clock = Math.max(clock, event.ts());
      advance(keys, clock);
      keys.computeIfAbsent(
              String.valueOf(hasKey ? event.k() : null),
              key ->
                  new PatternAttempts(
                      pattern,
                      skip,
                      (taken, time) -> rows.add(row(event.k(), taken, time)),
                      event.ts()))
          .offer(event, place++);
    }
    advance(keys, Long.MAX_VALUE - 1);
    return rows;
  }

  private ResultRow row(@Nullable String k, Map<String, List<PatternEvent>> taken, long time) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(hasKey ? k : (Object) 1L);
    PatternEvent none = new PatternEvent("", null, null, -1, 0);
    columns.forEach(column -> values.add(column.of(none, taken)));
    return new ResultRow(time, values);
  }

  /** The deadlines of all keys, in the order of time, then of the first events. */
  private static void advance(Map<String, PatternAttempts> keys, long clock) {
    while (true) {
      TreeMap<Long, PatternAttempts> next = new TreeMap<>();
      long deadline =
          keys.values().stream().mapToLong(PatternAttempts::deadline).min().orElse(Long.MAX_VALUE);
      if (deadline > clock) {
        return;
      }
      keys.values().stream()
          .filter(attempts -> attempts.deadline() == deadline)
          .forEach(attempts -> next.put(attempts.firstAt(deadline), attempts));
      next.firstEntry().getValue().reach(deadline);
    }
  }

  /** The events that the pattern sees, in their order. */
  List<PatternEvent> seen(List<PatternEvent> history) {
    List<PatternEvent> seen = new ArrayList<>();
    Map<String, Long> watermarks = new LinkedHashMap<>();
    for (PatternEvent event : history) {
      long watermark = watermarks.getOrDefault(event.stream(), Long.MIN_VALUE);
      watermarks.put(event.stream(), Math.max(watermark, event.ts() - Math.max(0, slack)));
      boolean isLate = slack >= 0 && event.ts() < watermark;
      if (streams.contains(event.stream()) && !isLate) {
        seen.add(event);
      }
    }
    if (slack >= 0) {
      seen.sort(
          Comparator.comparingLong(PatternEvent::ts)
              .thenComparingInt(event -> streams.indexOf(event.stream())));
    }
    return seen;
  }
}
