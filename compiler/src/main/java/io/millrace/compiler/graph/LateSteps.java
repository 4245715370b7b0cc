package io.millrace.compiler.graph;

import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScriptPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which operators find the late rows of a source. A query that is built twice finds them once. */
final class LateSteps {
  private final Map<Integer, QueryPlan> finders = new HashMap<>();
  private final Map<Integer, Map<String, LateStep>> steps = new HashMap<>();

  /**
   * An operator that finds rows late.
   *
   * @param step its node
   * @param input which of its inputs they come in by
   * @param columns what is wanted of these rows, of the columns of that input
   */
  record LateStep(int step, int input, List<NamedExpression> columns) {
    LateStep {
      columns = List.copyOf(columns);
    }
  }

  /** Finds the queries whose operators find rows late. */
  void announce(ScriptPlan script) {
    script.queries().forEach(query -> announce(query, query.root()));
  }

  private void announce(QueryPlan query, PlanNode node) {
    if (node instanceof LateIntoNode late) {
      finders.put(late.number(), query);
    }
    node.inputs().forEach(input -> announce(query, input));
  }

  /** The query that finds the late rows of a source. */
  QueryPlan finder(int number) {
    return Objects.requireNonNull(finders.get(number), "nothing finds these rows late");
  }

  /**
   * Notes an operator.
   *
   * @param kind what of the operators of one source it is
   */
  void add(int number, String kind, LateStep step) {
    steps.computeIfAbsent(number, absent -> new LinkedHashMap<>()).putIfAbsent(kind, step);
  }

  /** The operators that find the late rows of a source, when its query has been built. */
  List<LateStep> of(int number) {
    return new ArrayList<>(steps.getOrDefault(number, Map.of()).values());
  }
}
