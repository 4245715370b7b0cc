package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * EMIT CHANGES WITH RETRACTIONS of groups without a window: each row behind the one that it
 * replaces.
 *
 * @param left groups whose count divided by 3 leaves it are not in the result; negative for none
 */
record ReplacedGroups(ReferenceQuery.Grouped groups, int left, boolean isDistinct)
    implements ReferenceQuery {
  @Override
  public String sql() {
    return ReferenceQuery.unfinished(groups.sql())
        + (left < 0 ? "" : " HAVING count(*) % 3 <> " + left)
        + " EMIT CHANGES"
        + (isDistinct ? " DISTINCT" : "")
        + " WITH RETRACTIONS;";
  }

  @Override
  public List<ResultRow> results(List<InputRow> history, long slack) {
    List<ResultRow> sent = new ArrayList<>();
    Map<@Nullable Object, Integer> counts = new HashMap<>();
    Map<@Nullable Object, ResultRow> last = new HashMap<>();
    for (ResultRow row : groups.results(history, slack)) {
      Object k = row.values().get(0);
      boolean isIn = counts.merge(k, 1, Integer::sum) % 3 != left;
      ResultRow before = last.get(k);
      if (!isIn) {
        last.remove(k);
        if (before != null) {
          sent.add(marked(row.time(), before, ResultRow.DELETION));
        }
        continue;
      }
      if (before != null && isDistinct && before.values().equals(row.values())) {
        continue;
      }
      if (before != null) {
        sent.add(marked(before.time(), before, ResultRow.REPLACED));
      }
      sent.add(row);
      last.put(k, row);
    }
    return sent;
  }

  private static ResultRow marked(long time, ResultRow row, String kind) {
    List<@Nullable Object> values = new ArrayList<>(row.values());
    values.add(kind);
    return new ResultRow(time, values);
  }

  @Override
  public boolean mayDropLateRows(long slack) {
    return groups.mayDropLateRows(slack);
  }

  @Override
  public boolean succeeds(InputRow row) {
    return groups.succeeds(row);
  }
}
