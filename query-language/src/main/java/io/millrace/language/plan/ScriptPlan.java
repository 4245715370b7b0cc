package io.millrace.language.plan;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that a script declares and does.
 *
 * @param streams every stream and table, declared or derived, in the order of the script
 * @param queries every query, in the order of the script
 * @param constants rows of INSERT … VALUES
 * @param settings SET 'key' = 'value', checked, by key in lower case
 * @param requests statements that ask for something to be shown: EXPLAIN, SHOW, DESCRIBE
 */
public record ScriptPlan(
    List<StreamDeclaration> streams,
    List<QueryPlan> queries,
    List<ConstantRows> constants,
    Map<String, String> settings,
    List<ShowRequest> requests) {
  public ScriptPlan {
    streams = List.copyOf(streams);
    queries = List.copyOf(queries);
    constants = List.copyOf(constants);
    settings = Map.copyOf(settings);
    requests = List.copyOf(requests);
  }

  /**
   * The script with other settings.
   *
   * @param zone what these say of the calendar, for aggregations that say nothing of it
   */
  public ScriptPlan with(Map<String, String> others, ZoneId zone) {
    List<StreamDeclaration> placed = streams.stream().map(stream -> stream.in(zone)).toList();
    List<QueryPlan> kept = queries.stream().map(query -> query.in(zone)).toList();
    return new ScriptPlan(placed, kept, constants, others, requests);
  }

  /** The names of the queries that run for {@code EXPLAIN ANALYZE} only: nobody gets their rows. */
  public List<String> analyzed() {
    List<String> names = new ArrayList<>();
    for (ShowRequest request : requests) {
      if (request instanceof ShowRequest.Analyze analyze) {
        names.add(analyze.query());
      }
    }
    return names;
  }
}
