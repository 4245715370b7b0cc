package io.millrace.language.rewrite;

import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.ShowRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Applies all rules to a plan until none fires any more: expressions first, then filters down and
 * projections together, then columns that nobody reads away.
 */
public final class PlanRewriter {
  /** Rules end by themselves; this bounds what a wrong one could cost. */
  private static final int MAX_PASSES = 50;

  private static final List<ExpressionRule> EXPRESSION_RULES =
      List.of(new FoldConstants(), new SimplifyConditions(), new SimplifyLogic());
  private static final List<PlanRule> PLAN_RULES =
      List.of(
          new RemoveTrueFilter(),
          new MergeFilters(),
          new PushFilterThroughProject(),
          new PushFilterThroughUnion(),
          new PushFilterBelowAggregate(),
          new MergeProjects(),
          new RemoveIdentityProject());

  private PlanRewriter() {}

  /** The script with all its queries rewritten. */
  public static ScriptPlan rewrite(ScriptPlan script) {
    return new ScriptPlan(
        script.streams(),
        script.queries().stream().map(PlanRewriter::rewrite).toList(),
        script.constants(),
        script.settings(),
        script.requests().stream().map(PlanRewriter::rewrite).toList());
  }

  private static ShowRequest rewrite(ShowRequest request) {
    return request instanceof ShowRequest.Explain explain
        ? new ShowRequest.Explain(explain.level(), rewrite(explain.query()))
        : request;
  }

  private static QueryPlan rewrite(QueryPlan query) {
    return new QueryPlan(
        query.name(),
        query.place(),
        query.target(),
        rewrite(query.root()),
        query.showsReplaced(),
        query.text(),
        query.span());
  }

  /** A plan with the same schema that gives the same rows and the same errors. */
  public static PlanNode rewrite(PlanNode root) {
    PlanNode simplified = toFixpoint(rewriteExpressions(root));
    return toFixpoint(PruneColumns.prune(simplified));
  }

  /** The expression with the expression rules applied to all its parts. */
  public static RowExpression rewrite(RowExpression expression) {
    return ExpressionRebuilder.bottomUp(expression, PlanRewriter::applyExpressionRules);
  }

  private static RowExpression applyExpressionRules(RowExpression expression) {
    RowExpression changed = expression;
    for (ExpressionRule rule : EXPRESSION_RULES) {
      changed = rule.apply(changed);
    }
    return changed;
  }

  private static PlanNode rewriteExpressions(PlanNode node) {
    return NodeExpressions.map(
        overInputs(node, PlanRewriter::rewriteExpressions), PlanRewriter::rewrite);
  }

  private static PlanNode toFixpoint(PlanNode root) {
    PlanNode current = root;
    for (int pass = 0; pass < MAX_PASSES; pass++) {
      PlanNode next = applyPlanRules(current);
      if (next == current) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private static PlanNode applyPlanRules(PlanNode node) {
    PlanNode current = overInputs(node, PlanRewriter::applyPlanRules);
    for (PlanRule rule : PLAN_RULES) {
      Optional<PlanNode> changed = rule.apply(current);
      if (changed.isPresent()) {
        return NodeExpressions.map(changed.get(), PlanRewriter::rewrite);
      }
    }
    return current;
  }

  private static PlanNode overInputs(PlanNode node, UnaryOperator<PlanNode> change) {
    List<PlanNode> inputs = new ArrayList<>();
    boolean changed = false;
    for (PlanNode input : node.inputs()) {
      PlanNode replaced = change.apply(input);
      changed |= replaced != input;
      inputs.add(replaced);
    }
    return changed ? node.withInputs(inputs) : node;
  }
}
