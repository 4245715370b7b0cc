package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Types aggregates of the events of an element of a pattern, and has them kept. */
final class PatternAggregates {
  /** Marked numbers: columns of the events of the elements, one element behind the other. */
  private static final int FIRST_EVENT = 1 << 22;

  private final PatternScope scope;
  private final AnalysisContext context;
  private final Reporter reporter;
  private final PatternElements elements;
  private final PatternStreams streams;

  PatternAggregates(PatternScope scope) {
    this.scope = scope;
    this.context = scope.context();
    this.reporter = context.reporter();
    this.elements = scope.elements();
    this.streams = scope.streams();
  }

  /** An aggregate of the events of an element. */
  RowExpression call(CallExpression call, String name) {
    Optional<Integer> counted = counted(call, name);
    if (counted.isPresent()) {
      return counted(call, counted.get());
    }
    Grouping grouping =
        new Grouping(
            new WindowSpec.Unbounded(), GroupingSets.none(), false, false, /* holdsTable= */ true);
    RowExpression value =
        new AggregateAnalyzer(context, events(), Clause.plain("an element").withGrouping(grouping))
            .call(call, name);
    if (Reporter.isFaulty(value)) {
      return value;
    }
    AggregateCall marked = grouping.calls().get(0).named("");
    Set<Integer> variables = new TreeSet<>();
    marked.arguments().forEach(argument -> collect(argument, variables));
    RowExpression filter = marked.filter();
    if (filter != null) {
      collect(filter, variables);
    }
    if (variables.size() != 1) {
      return reporter.error(
          PatternAnalyzer.CODE,
          call.span(),
          variables.isEmpty()
              ? "'" + name + "' beside PATTERN is of the events of an element, and this names none"
              : "'" + name + "' is of the events of one element, and this names several",
          "write the element before its columns, as in "
              + name
              + "("
              + example()
              + "); matches are aggregated in a query around this one, FROM (SELECT … FROM"
              + " PATTERN (…) …)");
    }
    int variable = variables.iterator().next();
    String kept = elements.get(variable).shown() + "." + name + "_" + elements.next(variable);
    return scope.read(call, variable, marked.mapped(this::ofInput), kept, name);
  }

  private String example() {
    return elements.all().stream()
        .filter(element -> element.name() != null && !element.isAbsent())
        .map(element -> element.name() + ".x")
        .findFirst()
        .orElse("a.x");
  }

  /** The element whose events {@code count(a)} counts. */
  private Optional<Integer> counted(CallExpression call, String name) {
    return name.equals("count")
            && call.arguments().size() == 1
            && call.arguments().get(0) instanceof NameExpression element
            && call.modifiers().isNone()
        ? elements.find(element.name())
        : Optional.empty();
  }

  private RowExpression counted(CallExpression call, int variable) {
    Identifier name = ((NameExpression) call.arguments().get(0)).name();
    if (elements.get(variable).isAbsent()) {
      return scope.refused(name, name).orElseGet(Reporter::faulty);
    }
    if (!scope.isCountable(variable)) {
      return scope.notYet(name);
    }
    return scope.read(
        call,
        variable,
        PatternScope.call(AggregateFunction.COUNT, List.of(), List.of(), DataType.BIGINT),
        elements.get(variable).shown() + ".count",
        "count");
  }

  /** What stands inside an aggregate: columns of the events of the elements. */
  private Scope events() {
    List<Scope.Source> sources = new ArrayList<>();
    List<Scope.Column> bare = new ArrayList<>();
    Set<Integer> visible = new TreeSet<>();
    for (int i = 0; i < elements.size(); i++) {
      PatternElements.Element element = elements.get(i);
      if (scope.isCountable(i) && !element.isAbsent()) {
        List<Scope.Column> columns = marked(i);
        visible.add(i);
        if (element.name() != null) {
          sources.add(new Scope.Source(element.name(), columns, false));
        }
        if (i == scope.own()) {
          bare.addAll(columns);
        }
      }
    }
    return scope.inside(sources, bare, visible);
  }

  private List<Scope.Column> marked(int variable) {
    List<Scope.Column> columns = new ArrayList<>();
    for (Scope.Column column : streams.columns(elements.get(variable).stream())) {
      columns.add(
          column.value() instanceof ColumnReference reference
              ? new Scope.Column(
                  column.name(),
                  new ColumnReference(
                      FIRST_EVENT + variable * streams.width() + reference.index(),
                      reference.type(),
                      reference.name()),
                  column.isPseudo())
              : column);
    }
    return columns;
  }

  private void collect(RowExpression expression, Set<Integer> variables) {
    if (expression instanceof ColumnReference column && column.index() >= FIRST_EVENT) {
      variables.add((column.index() - FIRST_EVENT) / streams.width());
    }
    expression.operands().forEach(operand -> collect(operand, variables));
  }

  private RowExpression ofInput(RowExpression expression) {
    return ExpressionRebuilder.topDown(
        expression,
        e ->
            e instanceof ColumnReference column && column.index() >= FIRST_EVENT
                ? new ColumnReference(
                    (column.index() - FIRST_EVENT) % streams.width(), column.type(), column.name())
                : null);
  }
}
