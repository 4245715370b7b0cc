package io.millrace.language.analysis;

import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.Node;
import io.millrace.language.ast.PatternElement;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.expression.ExpressionRebuilder;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.PatternVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a pattern, and what is kept of their events, each once. Until all of it is known
 * an expression refers to what is kept by marked column numbers, far above those of columns.
 */
final class PatternElements {
  /** Marked numbers: what is kept, from here on. */
  private static final int FIRST_KEPT = 1 << 20;

  private final List<Element> elements = new ArrayList<>();
  private final List<List<AggregateCall>> kept = new ArrayList<>();
  private final Map<Slot, ColumnReference> references = new HashMap<>();
  private final List<Place> places = new ArrayList<>();
  private final Map<Node, ColumnReference> reads = new IdentityHashMap<>();
  private boolean isClosed;

  /**
   * An element.
   *
   * @param name by which it is referred to; null if there is none
   * @param shown its name for people
   * @param isRepeated whether there may be several events
   * @param isAbsent whether its events are those that must not come
   * @param isCertain whether a match has an event of it
   * @param before the numbers of those that come before it
   */
  record Element(
      PatternElement written,
      @Nullable String name,
      String shown,
      int stream,
      boolean isRepeated,
      boolean isAbsent,
      boolean isCertain,
      List<Integer> before) {
    Element {
      before = List.copyOf(before);
    }

    /** Whether it has one event at most, of which columns can be read. */
    boolean isScalar() {
      return name != null && !isRepeated && !isAbsent;
    }
  }

  /** What is kept of an element, without a name. */
  private record Slot(int variable, AggregateCall call) {}

  /** Where it is among what is kept of the element. */
  private record Place(int variable, int position) {}

  void add(Element element) {
    elements.add(element);
    kept.add(new ArrayList<>());
  }

  int size() {
    return elements.size();
  }

  Element get(int variable) {
    return elements.get(variable);
  }

  List<Element> all() {
    return elements;
  }

  /** The number of the element of this name. */
  Optional<Integer> find(Identifier name) {
    for (int i = 0; i < elements.size(); i++) {
      String known = elements.get(i).name();
      if (known != null && name.matches(known)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** The number of what is kept next of an element, from 1. */
  int next(int variable) {
    return kept.get(variable).size() + 1;
  }

  /**
   * Keeps something of an element; equal ones are one.
   *
   * @param call without a name
   * @param name what it is called among what is kept
   * @param column what a reference to it is called; its name for the one that it has
   */
  ColumnReference keep(int variable, AggregateCall call, String name, String column) {
    ColumnReference marked =
        references.computeIfAbsent(
            new Slot(variable, call),
            slot -> {
              places.add(new Place(variable, kept.get(variable).size()));
              kept.get(variable).add(call.named(name));
              return new ColumnReference(FIRST_KEPT + places.size() - 1, call.type(), name);
            });
    return column.equals(name)
        ? marked
        : new ColumnReference(marked.index(), marked.type(), column);
  }

  /**
   * As {@link #keep}, for a place in the text that may be looked at again.
   *
   * @throws IllegalStateException if it is closed and the place has not been looked at
   */
  ColumnReference read(Node place, int variable, AggregateCall call, String name, String column) {
    ColumnReference known = reads.get(place);
    if (known == null) {
      if (isClosed) {
        throw new IllegalStateException("not kept: " + place);
      }
      known = keep(variable, call, name, column);
      reads.put(place, known);
    }
    return known;
  }

  /** Says that nothing is added any more. */
  void close() {
    isClosed = true;
  }

  /** The expression with the real columns in place of the marked ones. */
  RowExpression placed(RowExpression expression, int first) {
    return ExpressionRebuilder.topDown(
        expression,
        e ->
            e instanceof ColumnReference column && column.index() >= FIRST_KEPT
                ? new ColumnReference(
                    first + column(places.get(column.index() - FIRST_KEPT)),
                    column.type(),
                    column.name())
                : null);
  }

  private int column(Place place) {
    int before = 0;
    for (int i = 0; i < place.variable(); i++) {
      before += kept.get(i).size();
    }
    return before + place.position();
  }

  /**
   * What they are in a plan.
   *
   * @param conditions of each, with marked columns; null for none
   * @param width of the input
   */
  List<PatternVariable> variables(List<@Nullable RowExpression> conditions, int width) {
    List<PatternVariable> variables = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Element element = elements.get(i);
      RowExpression condition = conditions.get(i);
      variables.add(
          new PatternVariable(
              element.shown(),
              element.stream(),
              condition == null ? null : placed(condition, width),
              kept.get(i)));
    }
    return variables;
  }
}
