package io.millrace.compiler.expression;

import io.millrace.language.expression.Case;
import io.millrace.language.expression.Coalesce;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Concatenation;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.Logical;
import io.millrace.language.expression.RowExpression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings chains of thousands of terms into a shape from which methods of a bounded size can be
 * made: trees of a small fan-out. Neither the order of evaluation nor what is evaluated changes.
 *
 * <pre>
 * a OR (b OR (c OR d)) ...           -> OR(OR(a, b, ... 24), OR(...), ...)
 * x = 1 OR x = 2 OR x = 3            -> x IN (1, 2, 3)
 * CASE w1 ... w1000 ELSE e END       -> CASE w1 ... w16 ELSE CASE w17 ... END END
 * a || b || ...                      -> (a || ... ) || (...)
 * </pre>
 */
final class Chains {
  private static final int WIDEST = 24;
  private static final int MOST_WHENS = 16;

  private Chains() {}

  /** The operands of a chain as short chains; the operands themselves are as they were. */
  static RowExpression balance(RowExpression expression) {
    if (expression instanceof Logical logical) {
      List<RowExpression> terms = flatten(logical);
      if (!logical.isAnd()) {
        terms = mergeEqualities(terms);
      }
      return group(terms, group -> new Logical(logical.isAnd(), group));
    }
    if (expression instanceof Concatenation concatenation) {
      return group(concatenation.parts(), Concatenation::new);
    }
    if (expression instanceof Coalesce coalesce) {
      return group(coalesce.values(), Coalesce::new);
    }
    return expression instanceof Case choice ? nest(choice) : expression;
  }

  private static List<RowExpression> flatten(Logical logical) {
    List<RowExpression> terms = new ArrayList<>();
    Deque<RowExpression> open = new ArrayDeque<>();
    open.push(logical);
    while (!open.isEmpty()) {
      RowExpression next = open.pop();
      if (next instanceof Logical nested && nested.isAnd() == logical.isAnd()) {
        for (int i = nested.terms().size() - 1; i >= 0; i--) {
          open.push(nested.terms().get(i));
        }
      } else {
        terms.add(next);
      }
    }
    return terms;
  }

  /** Neighbours only: nothing between them may be evaluated more or less often than before. */
  private static List<RowExpression> mergeEqualities(List<RowExpression> terms) {
    List<RowExpression> merged = new ArrayList<>();
    int from = 0;
    while (from < terms.size()) {
      RowExpression value = equated(terms.get(from));
      List<RowExpression> options = new ArrayList<>();
      int to = from;
      while (value != null && to < terms.size() && value.equals(equated(terms.get(to)))) {
        options.add(((Comparison) terms.get(to)).right());
        to++;
      }
      if (options.size() > 1 && value != null) {
        merged.add(new InList(value, options));
        from = to;
      } else {
        merged.add(terms.get(from));
        from++;
      }
    }
    return merged;
  }

  /**
   * What a term of the form {@code x = constant} compares, if nothing is lost when it is evaluated
   * once.
   */
  private static @Nullable RowExpression equated(RowExpression term) {
    return term instanceof Comparison comparison
            && comparison.operator() == ComparisonOperator.EQUAL
            && comparison.right() instanceof Constant
            && comparison.left().type().equals(comparison.right().type())
            && comparison.left().isDeterministic()
        ? comparison.left()
        : null;
  }

  private static RowExpression group(
      List<RowExpression> terms, Function<List<RowExpression>, RowExpression> make) {
    List<RowExpression> level = terms;
    while (level.size() > WIDEST) {
      List<RowExpression> next = new ArrayList<>();
      for (int from = 0; from < level.size(); from += WIDEST) {
        List<RowExpression> part = level.subList(from, Math.min(level.size(), from + WIDEST));
        next.add(part.size() == 1 ? part.get(0) : make.apply(part));
      }
      level = next;
    }
    return level.size() == 1 ? level.get(0) : make.apply(level);
  }

  private static RowExpression nest(Case choice) {
    List<Case.When> whens = choice.whens();
    RowExpression result = choice.otherwise();
    int last = (whens.size() - 1) / MOST_WHENS * MOST_WHENS;
    for (int from = last; from >= 0; from -= MOST_WHENS) {
      result = new Case(whens.subList(from, Math.min(whens.size(), from + MOST_WHENS)), result);
    }
    return result;
  }
}
