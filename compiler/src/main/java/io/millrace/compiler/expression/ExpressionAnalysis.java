package io.millrace.compiler.expression;

import io.millrace.language.expression.Arithmetic;
import io.millrace.language.expression.ArithmeticOperator;
import io.millrace.language.expression.Cast;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowKindReference;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be known of expressions before code is written: how heavy they are, which of their
 * parts become methods of their own so that no method grows beyond what HotSpot compiles, which
 * parts occur more than once, and which may fail.
 */
final class ExpressionAnalysis {
  /** In bytes of bytecode, roughly; generated methods must stay below 6,000. */
  private static final int HEAVIEST = 1500;

  private static final int CALL = 25;
  private static final int CHEAPEST = 120;
  private static final int LARGEST_SHARED = 64;

  private record Traits(int weight, int size, boolean canFail) {}

  private final Map<RowExpression, RowExpression> balanced = new IdentityHashMap<>();
  private final Map<RowExpression, Traits> traits = new IdentityHashMap<>();
  private final Map<RowExpression, Integer> occurrences = new HashMap<>();
  private final Set<RowExpression> outlined = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<RowExpression, List<RowExpression>> pieces = new IdentityHashMap<>();
  private boolean hasLambda;
  private int totalWeight;

  ExpressionAnalysis(Collection<? extends RowExpression> roots) {
    roots.forEach(this::visit);
  }

  /** The expression with its chains balanced; always the same object for the same expression. */
  RowExpression form(RowExpression expression) {
    RowExpression known = balanced.get(expression);
    if (known != null) {
      return known;
    }
    RowExpression form = Chains.balance(expression);
    balanced.put(expression, form);
    balanced.put(form, form);
    return form;
  }

  /** Whether the expression has a method of its own. */
  boolean isOutlined(RowExpression expression) {
    return outlined.contains(form(expression));
  }

  /**
   * The pieces of a long list of operands, each of which has a method of its own; empty if it is
   * written as a whole.
   */
  List<RowExpression> pieces(RowExpression expression) {
    return pieces.getOrDefault(form(expression), List.of());
  }

  /** Whether code is spread over several methods, which share the columns as fields. */
  boolean needsFields() {
    return hasLambda || !outlined.isEmpty() || !pieces.isEmpty();
  }

  /**
   * Whether some part may fail for some row. More exact than {@link RowExpression#canFail}: a
   * division by a constant does not fail.
   */
  boolean canFail(RowExpression expression) {
    return traitsOf(expression).canFail();
  }

  /** The weight of everything, in whatever method it stands. */
  int totalWeight() {
    return totalWeight;
  }

  int weight(RowExpression expression) {
    return traitsOf(expression).weight();
  }

  /** Whether its value is worth keeping for a second use. */
  boolean isRepeated(RowExpression expression) {
    return isShareable(expression) && occurrences.getOrDefault(expression, 0) > 1;
  }

  /** Whether it is as cheap to evaluate as to jump over: a comparison of numbers. */
  boolean isCheap(RowExpression expression) {
    return expression instanceof Comparison comparison
        && comparison.left().type().layout() != Layout.OBJECT
        && !canFail(comparison)
        && weight(comparison) <= CHEAPEST;
  }

  /** Whether the divisor is a constant with which a division cannot fail. */
  static boolean hasSafeDivisor(Arithmetic arithmetic) {
    boolean divides =
        arithmetic.operator() == ArithmeticOperator.DIVIDE
            || arithmetic.operator() == ArithmeticOperator.REMAINDER;
    if (!divides || !(arithmetic.right() instanceof Constant divisor) || divisor.value() == null) {
      return false;
    }
    if (divisor.value() instanceof Long value) {
      return arithmetic.left().type().layout() == Layout.LONG && value != 0 && value != -1;
    }
    return divisor.value() instanceof Double value && value != 0;
  }

  /**
   * Makes methods of the heaviest of some expressions that stand in one loop, if together they are
   * too heavy.
   */
  void fitIntoOneMethod(List<RowExpression> expressions) {
    outline(expressions, expressions.stream().mapToInt(this::weight).sum());
  }

  private Traits visit(RowExpression expression) {
    Traits found = traitsOf(expression);
    RowExpression form = form(expression);
    if (isShareable(form)) {
      occurrences.merge(form, 1, Integer::sum);
    }
    return found;
  }

  private Traits traitsOf(RowExpression expression) {
    RowExpression form = form(expression);
    Traits known = traits.get(form);
    if (known == null) {
      known = measure(form);
      traits.put(form, known);
    }
    return known;
  }

  private Traits measure(RowExpression expression) {
    int weight = Weights.of(expression);
    totalWeight += weight;
    int size = 1;
    boolean canFail = failsByItself(expression);
    List<RowExpression> operands = expression.operands();
    for (RowExpression operand : operands) {
      if (expression instanceof InList && operand instanceof Constant) {
        // A set of them is one constant.
        size++;
        continue;
      }
      Traits traitsOfOperand = visit(operand);
      weight += traitsOfOperand.weight();
      size += traitsOfOperand.size();
      canFail |= traitsOfOperand.canFail();
    }
    if (expression instanceof LambdaExpression) {
      hasLambda = true;
      return new Traits(CALL, size, canFail);
    }
    int rest = weight > HEAVIEST ? outline(operands, weight) : weight;
    if (rest > HEAVIEST && Pieces.canSplit(expression)) {
      List<RowExpression> parts = Pieces.split(expression, HEAVIEST / 2, this::knownWeight);
      pieces.put(expression, parts);
      rest = 2 * CALL * parts.size();
    }
    return new Traits(rest, size, canFail);
  }

  private static boolean failsByItself(RowExpression expression) {
    if (expression instanceof Arithmetic arithmetic && hasSafeDivisor(arithmetic)) {
      return false;
    }
    return expression instanceof Cast cast ? CastCode.canFail(cast) : expression.failsByItself();
  }

  /** Gives the heaviest operands methods of their own until the rest is light enough. */
  private int outline(List<RowExpression> operands, int weight) {
    int rest = weight;
    List<RowExpression> heaviestFirst =
        operands.stream()
            .filter(operand -> !(operand instanceof LambdaExpression))
            .sorted((a, b) -> Integer.compare(knownWeight(b), knownWeight(a)))
            .toList();
    for (RowExpression operand : heaviestFirst) {
      int own = knownWeight(operand);
      if (rest <= HEAVIEST || own <= 2 * CALL) {
        break;
      }
      outlined.add(form(operand));
      rest -= own - CALL;
    }
    return rest;
  }

  private int knownWeight(RowExpression expression) {
    Traits known = traits.get(form(expression));
    return known == null ? 0 : outlined.contains(form(expression)) ? CALL : known.weight();
  }

  private boolean isShareable(RowExpression expression) {
    if (expression instanceof Constant
        || expression instanceof RowtimeReference
        || expression instanceof RowKindReference
        || expression.type() == DataType.NULL) {
      return false;
    }
    Traits known = traits.get(form(expression));
    return expression instanceof ColumnReference
        || (known != null && known.size() <= LARGEST_SHARED && expression.isDeterministic());
  }
}
