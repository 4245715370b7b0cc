package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent of groups that one moment changes, perhaps several times: of each what it has come
 * to, those that have gone first, then the others in the order of their first changes.
 */
final class GatheredChanges {
  /**
   * The last change of each key in a moment; no values if it has gone.
   *
   * @param first the time of the first one
   * @param time of a key that was there, the greatest of its times
   */
  private record Change(long first, long time, @Nullable List<@Nullable Object> values) {}

  private final boolean intoTable;
  private final Map<@Nullable Object, List<@Nullable Object>> shown = new HashMap<>();
  private final Map<@Nullable Object, Change> changed = new LinkedHashMap<>();
  private final List<ResultRow> sent = new ArrayList<>();

  /**
   * @param intoTable whether what goes is sent, too
   */
  GatheredChanges(boolean intoTable) {
    this.intoTable = intoTable;
  }

  /** A key has become something else, or has gone if there are no values. */
  void change(@Nullable Object key, long time, @Nullable List<@Nullable Object> values) {
    Change before = changed.get(key);
    long first = before == null ? time : before.first();
    long shownAt = shown.containsKey(key) ? Math.max(first, time) : time;
    changed.put(key, new Change(first, shownAt, values));
  }

  /** The moment is over. */
  void end() {
    changed.forEach(
        (key, change) -> {
          List<@Nullable Object> was = change.values() == null ? shown.remove(key) : null;
          if (was != null && intoTable) {
            List<@Nullable Object> gone = new ArrayList<>(was);
            gone.add(ResultRow.DELETION);
            sent.add(new ResultRow(change.time(), gone));
          }
        });
    changed.forEach(
        (key, change) -> {
          List<@Nullable Object> values = change.values();
          if (values != null) {
            shown.put(key, values);
            sent.add(new ResultRow(change.time(), values));
          }
        });
    changed.clear();
  }

  /** All that has been sent. */
  List<ResultRow> sent() {
    return sent;
  }
}
