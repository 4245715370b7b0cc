package io.millrace.language.analysis;

import io.millrace.language.plan.ConstantRows;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.ShowRequest;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the statements of a script have brought so far, in their order. */
final class ScriptBuilder {
  private static final String BARE_QUERY = "result";

  /** Back-quotes stand in no name of a stream. */
  private static final String ANALYZED_QUERY = "`analyzed`";

  private final List<StreamDeclaration> streams = new ArrayList<>();
  private final List<QueryPlan> queries = new ArrayList<>();
  private final List<QueryPlan> analyzed = new ArrayList<>();
  private final List<ConstantRows> constants = new ArrayList<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<ShowRequest> requests = new ArrayList<>();
  private final Map<String, Integer> queriesByName = new HashMap<>();
  private int places;

  void addStream(StreamDeclaration stream) {
    streams.add(stream);
  }

  /** Adds a query behind all others; a null target is that of a bare query. */
  void addQuery(@Nullable StreamDeclaration target, PlanNode root, String text, Span span) {
    addQuery(target, root, false, text, span);
  }

  /** The same, into a table that may be to send what rows of the query replace before them. */
  void addQuery(
      @Nullable StreamDeclaration target,
      PlanNode root,
      boolean showsReplaced,
      String text,
      Span span) {
    String base = target == null ? BARE_QUERY : target.name();
    int number = queriesByName.merge(base.toLowerCase(Locale.ROOT), 1, Integer::sum);
    String name = number == 1 ? base : base + "#" + number;
    queries.add(new QueryPlan(name, ++places, target, root, showsReplaced, text, span));
  }

  /** Adds what holds the rows of a named window. */
  void addContents(String window, PlanNode root, String text, Span span) {
    queries.add(new QueryPlan("window " + window, ++places, null, root, false, text, span));
  }

  /** Adds a query that runs to be looked at, behind all others of the script; gives its name. */
  String addAnalyzed(PlanNode root, String text, Span span) {
    int number = analyzed.size() + 1;
    String name = number == 1 ? ANALYZED_QUERY : ANALYZED_QUERY + "#" + number;
    analyzed.add(new QueryPlan(name, number, null, root, false, text, span));
    return name;
  }

  /** Whether a query so far feeds the stream of this name. */
  boolean feeds(String stream) {
    return queriesByName.containsKey(stream.toLowerCase(Locale.ROOT));
  }

  void addConstants(StreamDeclaration target, List<List<@Nullable Object>> rows) {
    constants.add(new ConstantRows(target, ++places, rows));
  }

  void addSetting(String key, String value) {
    settings.put(key, value);
  }

  void addRequest(ShowRequest request) {
    requests.add(request);
  }

  /** A query that is only looked at, as if it stood behind all others. */
  QueryPlan explained(PlanNode root, String text, Span span) {
    return new QueryPlan("query", places + 1, null, root, false, text, span);
  }

  ScriptPlan build() {
    List<QueryPlan> all = new ArrayList<>(queries);
    for (QueryPlan query : analyzed) {
      int place = places + query.place();
      all.add(
          new QueryPlan(
              query.name(), place, null, query.root(), false, query.text(), query.span()));
    }
    return new ScriptPlan(streams, all, constants, settings, requests);
  }
}
