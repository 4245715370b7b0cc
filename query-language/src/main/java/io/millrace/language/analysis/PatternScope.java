package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.LastElementExpression;
import io.millrace.language.ast.NameExpression;
import io.millrace.language.ast.Node;
import io.millrace.language.ast.SubscriptExpression;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What an expression may say of the elements of a pattern beside the columns of those that are one
 * event: {@code a[1].x}, {@code a[last].x}, and aggregates such as {@code sum(a.x)}.
 */
final class PatternScope {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final PatternElements elements;
  private final PatternStreams streams;
  private final View view;
  private final UnaryOperator<RowExpression> placing;
  private final boolean isInAggregate;

  /**
   * What is seen from where an expression stands.
   *
   * @param own the element whose condition it is; -1 for none
   * @param visible the elements that are there already
   */
  record View(int own, Set<Integer> visible) {
    View {
      visible = Set.copyOf(visible);
    }
  }

  PatternScope(
      AnalysisContext context,
      PatternElements elements,
      PatternStreams streams,
      View view,
      UnaryOperator<RowExpression> placing) {
    this(context, elements, streams, view, placing, false);
  }

  private PatternScope(
      AnalysisContext context,
      PatternElements elements,
      PatternStreams streams,
      View view,
      UnaryOperator<RowExpression> placing,
      boolean isInAggregate) {
    this.context = context;
    this.reporter = context.reporter();
    this.elements = elements;
    this.streams = streams;
    this.view = view;
    this.placing = placing;
    this.isInAggregate = isInAggregate;
  }

  /** Whether aggregates are those of elements here. */
  boolean takesAggregates() {
    return !isInAggregate;
  }

  /** The last value of each column of an element that is one event. */
  List<Scope.Column> columns(int variable) {
    List<Scope.Column> columns = new ArrayList<>();
    for (Scope.Column column : streams.columns(elements.get(variable).stream())) {
      RowExpression value =
          column.value() instanceof ColumnReference reference
              ? placing.apply(
                  elements.keep(
                      variable,
                      last(reference),
                      elements.get(variable).shown() + "." + column.name(),
                      shown(variable, column.name())))
              : column.value();
      columns.add(new Scope.Column(column.name(), value, column.isPseudo()));
    }
    return columns;
  }

  /** A column of the result is called as in its stream; a condition says of which event it is. */
  private String shown(int variable, String column) {
    return view.own() < 0 ? column : elements.get(variable).shown() + "." + column;
  }

  private static AggregateCall last(RowExpression value) {
    return call(AggregateFunction.LAST, List.of(value), List.of(), value.type());
  }

  static AggregateCall call(
      AggregateFunction function,
      List<RowExpression> arguments,
      List<Constant> settings,
      DataType type) {
    return new AggregateCall("", function, arguments, settings, false, false, null, type);
  }

  /** What is kept of an element for a place in the text. */
  RowExpression read(Node place, int variable, AggregateCall call, String name, String column) {
    String shown = view.own() < 0 ? column : name;
    return placing.apply(elements.read(place, variable, call, name, shown));
  }

  /** Refuses a name of an element of which columns cannot be read so; empty if it is none. */
  Optional<RowExpression> refused(Identifier name, Identifier column) {
    Optional<Integer> found = elements.find(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    PatternElements.Element element = elements.get(found.get());
    String shown = "'" + name.name() + "'";
    if (element.isAbsent()) {
      return Optional.of(
          error(
              name.span(),
              shown + " must not come: there is no event of which a column could be read",
              "read an element that stands without NOT"));
    }
    if (!isVisible(found.get())) {
      return Optional.of(notYet(name));
    }
    if (!element.isRepeated() || found.get() == view.own()) {
      return Optional.empty();
    }
    String last = name.name() + "[last]." + column.name();
    return Optional.of(
        error(
            name.span(),
            shown + " is repeated, so that it is a list of events",
            "write " + last + ", or an aggregate such as first(" + path(name, column) + ")"));
  }

  /** Whether an element has this name, whose stream has the column. */
  boolean hasColumn(Identifier name, Identifier column) {
    return elements
        .find(name)
        .map(variable -> streams.columns(elements.get(variable).stream()))
        .filter(columns -> columns.stream().anyMatch(it -> column.matches(it.name())))
        .isPresent();
  }

  private boolean isVisible(int variable) {
    return variable == view.own() || view.visible().contains(variable);
  }

  private static String path(Identifier name, Identifier column) {
    return name.name() + "." + column.name();
  }

  RowExpression notYet(Identifier name) {
    return error(
        name.span(),
        "'" + name.name() + "' is not there yet: a condition reads elements of earlier steps",
        "put the condition on the later of both elements");
  }

  private RowExpression error(Span span, String message, String hint) {
    return reporter.error(PatternAnalyzer.CODE, span, message, hint);
  }

  /** What a name is that is not found as a column. */
  Optional<String> hint(Identifier name) {
    if (elements.find(name).isPresent()) {
      String element = name.name();
      return Optional.of(
          "'" + element + "' is an element: read one of its columns, or count(" + element + ")");
    }
    for (PatternElements.Element element : elements.all()) {
      boolean hasColumn =
          streams.columns(element.stream()).stream().anyMatch(it -> name.matches(it.name()));
      if (hasColumn && element.name() != null && !element.isAbsent()) {
        return Optional.of(
            "write the element before it, as in "
                + element.name()
                + (element.isRepeated() && !isInAggregate ? "[last]." : ".")
                + name.name());
      }
    }
    return Optional.empty();
  }

  /**
   * A column of one of the events of an element, {@code a[1].x} or {@code a[last].x}; empty if this
   * is something else.
   */
  Optional<RowExpression> event(Expression event, Identifier column) {
    Expression list = null;
    if (event instanceof SubscriptExpression subscript) {
      list = subscript.base();
    } else if (event instanceof LastElementExpression last) {
      list = last.base();
    }
    if (!(list instanceof NameExpression name)) {
      return Optional.empty();
    }
    return elements.find(name.name()).map(variable -> event(event, name.name(), variable, column));
  }

  private RowExpression event(Expression event, Identifier name, int variable, Identifier column) {
    PatternElements.Element element = elements.get(variable);
    if (element.isAbsent()) {
      return refused(name, column).orElseGet(Reporter::faulty);
    }
    if (!isVisible(variable)) {
      return notYet(name);
    }
    if (isInAggregate) {
      return error(
          event.span(),
          "an aggregate is of all events of an element",
          "write " + path(name, column));
    }
    if (!element.isRepeated()) {
      return error(
          event.span(),
          "'" + name.name() + "' is one event, and no list",
          "write " + path(name, column));
    }
    Optional<Scope.Column> found =
        Scope.find(
            new Scope.Source(element.name(), streams.columns(element.stream()), false), column);
    if (found.isEmpty()) {
      return reporter.error(
          "unknown-column",
          column.span(),
          "unknown column '" + column.name() + "' of '" + name.name() + "'",
          NearestName.hint(
              column.name(),
              streams.columns(element.stream()).stream().map(Scope.Column::name).toList()));
    }
    RowExpression value = found.get().value();
    if (Reporter.isFaulty(value)) {
      return value;
    }
    String own = found.get().name();
    if (event instanceof SubscriptExpression subscript) {
      return numbered(subscript, variable, value, own);
    }
    return read(event, variable, last(value), element.shown() + "[last]." + own, own);
  }

  private RowExpression numbered(
      SubscriptExpression event, int variable, RowExpression value, String column) {
    boolean isConstant = event.index() instanceof IntegerLiteral;
    boolean isNumber =
        event.index() instanceof IntegerLiteral number
            && number.value().signum() > 0
            && number.value().bitLength() <= 31;
    if (!isNumber) {
      return error(
          event.index().span(),
          isConstant
              ? "the events of an element are counted from 1 to " + Integer.MAX_VALUE
              : "the number of an event of an element must be written as a number",
          "the first is [1], the last is [last]");
    }
    IntegerLiteral index = (IntegerLiteral) event.index();
    Constant number = new Constant(index.value().longValueExact(), DataType.INT);
    return read(
        event,
        variable,
        call(AggregateFunction.NTH, List.of(value), List.of(number), value.type()),
        elements.get(variable).shown() + "[" + index.value() + "]." + column,
        column);
  }

  /** An aggregate of the events of an element. */
  RowExpression aggregate(CallExpression call, String name) {
    return new PatternAggregates(this).call(call, name);
  }

  /**
   * Whether the events of an element can be aggregated: of its own an element that is one event has
   * none before it.
   */
  boolean isCountable(int variable) {
    return view.visible().contains(variable)
        || (variable == view.own() && elements.get(variable).isRepeated());
  }

  /** What stands inside an aggregate. */
  Scope inside(List<Scope.Source> sources, List<Scope.Column> bare, Set<Integer> visible) {
    View inside = new View(-1, visible);
    return new Scope(
        sources, bare, new PatternScope(context, elements, streams, inside, placing, true));
  }

  AnalysisContext context() {
    return context;
  }

  PatternElements elements() {
    return elements;
  }

  PatternStreams streams() {
    return streams;
  }

  /** The element whose condition it is; -1 for none. */
  int own() {
    return view.own();
  }
}
