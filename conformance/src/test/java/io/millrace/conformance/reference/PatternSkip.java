package io.millrace.conformance.reference;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * AFTER MATCH SKIP.
 *
 * @param element the name that TO FIRST and TO LAST have
 */
record PatternSkip(Mode mode, @Nullable String element) {
  /** Where attempts may have begun that stay. */
  enum Mode {
    NONE(""),
    PAST_LAST_ROW("PAST LAST ROW"),
    TO_NEXT_ROW("TO NEXT ROW"),
    TO_FIRST("TO FIRST "),
    TO_LAST("TO LAST ");

    private final String sql;

    Mode(String sql) {
      this.sql = sql;
    }
  }

  String sql() {
    return mode == Mode.NONE
        ? ""
        : " AFTER MATCH SKIP " + mode.sql + (element == null ? "" : element);
  }

  /** The index of the first event with which attempts may begin that are not dropped. */
  long target(
      Map<String, List<PatternEvent>> taken, List<Long> indexes, Map<Long, PatternEvent> events) {
    if (indexes.isEmpty()) {
      return Long.MIN_VALUE;
    }
    return switch (mode) {
      case NONE -> Long.MIN_VALUE;
      case PAST_LAST_ROW -> indexes.get(indexes.size() - 1) + 1;
      case TO_NEXT_ROW -> indexes.get(0) + 1;
      case TO_FIRST -> index(of(taken).get(0), events);
      case TO_LAST -> {
        List<PatternEvent> list = of(taken);
        yield index(list.get(list.size() - 1), events);
      }
    };
  }

  private List<PatternEvent> of(Map<String, List<PatternEvent>> taken) {
    return Objects.requireNonNull(taken.get(String.valueOf(element)));
  }

  private static long index(PatternEvent event, Map<Long, PatternEvent> events) {
    return events.entrySet().stream()
        .filter(entry -> entry.getValue().id() == event.id())
        .mapToLong(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
