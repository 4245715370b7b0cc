package io.millrace.language.plan;

import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.expression.RowExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints temporal patterns as one line of a plan: the pattern, then of each element the number of
 * its stream, its condition and what is kept of it.
 */
final class PatternPrinter implements PatternTermVisitor<String> {
  private final PatternNode node;

  private PatternPrinter(PatternNode node) {
    this.node = node;
  }

  static String print(PatternNode node) {
    PatternPrinter printer = new PatternPrinter(node);
    StringBuilder text = new StringBuilder("Pattern ").append(node.pattern().accept(printer));
    if (node.keys() > 0) {
      text.append(" partition by ")
          .append(
              node.schema().fields().subList(0, node.keys()).stream()
                  .map(key -> ExpressionPrinter.name(key.name()))
                  .collect(Collectors.joining(", ", "[", "]")));
    }
    for (PatternVariable variable : node.variables()) {
      text.append(", ").append(print(variable));
    }
    text.append(printer.skip());
    text.append(
        switch (node.early()) {
          case NO -> "";
          case SENT -> ", sent early";
          case SENT_AND_RETRACTED -> ", sent early, retracted";
        });
    return text.append(isUnbounded(node.pattern()) ? ", attempts wait for ever" : "").toString();
  }

  private static String print(PatternVariable variable) {
    StringBuilder text =
        new StringBuilder(variable.name()).append(" of stream ").append(variable.stream());
    RowExpression condition = variable.condition();
    if (condition != null) {
      text.append(" where [").append(ExpressionPrinter.print(condition)).append(']');
    }
    if (!variable.kept().isEmpty()) {
      text.append(
          variable.kept().stream()
              .map(call -> PlanPrinter.call(call) + " AS " + ExpressionPrinter.name(call.name()))
              .collect(Collectors.joining(", ", " keep [", "]")));
    }
    return text.toString();
  }

  private String skip() {
    PatternSkip skip = node.skip();
    return switch (skip.mode()) {
      case NONE -> "";
      case PAST_LAST_ROW -> ", skip past last row";
      case TO_NEXT_ROW -> ", skip to next row";
      case TO_FIRST -> ", skip to first " + name(skip.variable());
      case TO_LAST -> ", skip to last " + name(skip.variable());
    };
  }

  private String name(int variable) {
    return node.variables().get(variable).name();
  }

  /** Whether more and more attempts may wait, because nothing but a match ends them. */
  private static boolean isUnbounded(PatternTerm term) {
    if (term instanceof PatternTerm.Sequence sequence) {
      boolean begins = false;
      for (PatternTerm.Step step : sequence.steps()) {
        if (begins && !endsSoon(step)) {
          return true;
        }
        begins |= hasEvery(step.term());
      }
      return false;
    }
    return term instanceof PatternTerm.AllOf all
        && all.sides().stream().anyMatch(PatternPrinter::hasEvery);
  }

  /** Whether the next event, or time, says if the step is fulfilled. */
  private static boolean endsSoon(PatternTerm.Step step) {
    return step.isNext()
        || (step.term() instanceof PatternTerm.Absence absence && absence.isTimed());
  }

  private static boolean hasEvery(PatternTerm term) {
    if (term instanceof PatternTerm.AllOf all) {
      return all.sides().stream().anyMatch(PatternPrinter::hasEvery);
    }
    if (term instanceof PatternTerm.AnyOf any) {
      return any.sides().stream().anyMatch(PatternPrinter::hasEvery);
    }
    if (term instanceof PatternTerm.Within within) {
      return hasEvery(within.term());
    }
    return term instanceof PatternTerm.Sequence sequence
        ? sequence.steps().stream().anyMatch(step -> hasEvery(step.term()))
        : term instanceof PatternTerm.Every;
  }

  /** An operand; what binds less tightly stands in parentheses. */
  private String operand(PatternTerm term) {
    boolean isTight = term instanceof PatternTerm.Event;
    String text = term.accept(this);
    return isTight ? text : "(" + text + ")";
  }

  private String side(PatternTerm term) {
    boolean isTight =
        term instanceof PatternTerm.Event
            || term instanceof PatternTerm.Absence
            || term instanceof PatternTerm.Repeat
            || term instanceof PatternTerm.Every;
    String text = term.accept(this);
    return isTight ? text : "(" + text + ")";
  }

  @Override
  public String visitEvent(PatternTerm.Event term) {
    return name(term.variable());
  }

  @Override
  public String visitAbsence(PatternTerm.Absence term) {
    List<String> names = new ArrayList<>();
    term.variables().forEach(variable -> names.add(name(variable)));
    String operand = String.join(" OR ", names);
    String text = "NOT " + (names.size() == 1 ? operand : "(" + operand + ")");
    return term.isTimed() ? text + " FOR " + ExpressionPrinter.duration(term.millis()) : text;
  }

  @Override
  public String visitSequence(PatternTerm.Sequence term) {
    StringBuilder text = new StringBuilder();
    for (PatternTerm.Step step : term.steps()) {
      String separator = step.isNext() ? " , " : " -> ";
      PatternTerm inner = step.term();
      text.append(text.isEmpty() ? "" : separator)
          .append(inner instanceof PatternTerm.Within ? operand(inner) : inner.accept(this));
    }
    return text.toString();
  }

  @Override
  public String visitAllOf(PatternTerm.AllOf term) {
    return term.sides().stream().map(this::side).collect(Collectors.joining(" AND "));
  }

  @Override
  public String visitAnyOf(PatternTerm.AnyOf term) {
    return term.sides().stream().map(this::side).collect(Collectors.joining(" OR "));
  }

  @Override
  public String visitRepeat(PatternTerm.Repeat term) {
    String max = term.max() == PatternTerm.Repeat.UNLIMITED ? "" : String.valueOf(term.max());
    return operand(term.term())
        + "{"
        + term.min()
        + ","
        + max
        + "}"
        + (term.isReluctant() ? "?" : "")
        + (term.isUnbroken() ? " unbroken" : "");
  }

  @Override
  public String visitEvery(PatternTerm.Every term) {
    PatternTerm inner = term.term();
    boolean isTight = inner instanceof PatternTerm.Repeat || inner instanceof PatternTerm.Absence;
    return "EVERY " + (isTight ? inner.accept(this) : operand(inner));
  }

  @Override
  public String visitWithin(PatternTerm.Within term) {
    return (term.term() instanceof PatternTerm.Within
            ? operand(term.term())
            : term.term().accept(this))
        + " WITHIN "
        + ExpressionPrinter.duration(term.millis());
  }
}
