package io.millrace.language.analysis;

import io.millrace.language.ast.AfterMatch;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.LateClause;
import io.millrace.language.ast.OrderClause;
import io.millrace.language.ast.PatternRelation;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.Select;
import io.millrace.language.ast.SelectItem;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.expression.RowExpression;
import io.millrace.language.expression.RowtimeReference;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PatternSkip;
import io.millrace.language.plan.PatternTerm;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes plans of temporal patterns (LANGUAGE section 7). What the select list and WHERE read of the
 * elements is kept by the pattern, so that they are looked at twice: first for what they read, then
 * for what they are.
 */
final class PatternAnalyzer {
  static final String CODE = "bad-pattern";
  private static final String AROUND =
      "write it in a query around this one: SELECT … FROM (SELECT … FROM PATTERN (…) …) …";

  private final AnalysisContext context;
  private final Reporter reporter;
  private final PatternRelation relation;
  private final PatternStreams streams;

  PatternAnalyzer(AnalysisContext context, RelationAnalyzer relations, PatternRelation relation) {
    this.context = context;
    this.reporter = context.reporter();
    this.relation = relation;
    this.streams = new PatternStreams(context, relations);
  }

  /** The pattern that a query reads. */
  static Optional<PatternRelation> findPattern(Select select) {
    Relation from = select.from();
    Relation source = from instanceof SourceRelation named ? named.input() : from;
    return source instanceof PatternRelation pattern ? Optional.of(pattern) : Optional.empty();
  }

  AnalyzedRelation analyze(Query query) {
    int before = reporter.errorCount();
    refuseClauses(query);
    PatternTermAnalyzer terms = new PatternTermAnalyzer(reporter, streams);
    PatternTerm term = terms.analyze(relation.pattern());
    streams.partition(query.partition());
    PatternElements elements = terms.elements();
    refuseStar(query.select(), elements);
    boolean isOpen = streams.areOpen() || reporter.errorCount() > before;
    new PatternChecks(reporter, terms.spans()).check(term);
    PatternSkip skip = skip(elements);
    if (isOpen) {
      return open();
    }
    List<@Nullable RowExpression> conditions = conditions(elements);
    look(query, elements);
    elements.close();
    int keys = streams.keys();
    Scope scope = matches(context, elements, expression -> elements.placed(expression, keys));
    PatternNode node =
        new PatternNode(
            streams.input(late(query.select())),
            keys,
            term,
            elements.variables(conditions, streams.width()),
            skip,
            PatternNode.Early.NO);
    return AnalyzedRelation.of(
        node,
        new PatternMatches(scope, streams.keyColumns().stream().map(Scope.Column::value).toList()));
  }

  /** The matches of a pattern with errors, which have been reported. */
  private static AnalyzedRelation open() {
    AnalyzedRelation unknown = AnalyzedRelation.open(null);
    return AnalyzedRelation.of(
        unknown.plan(), new PatternMatches(new Scope(unknown.sources()), List.of()));
  }

  private void refuseClauses(Query query) {
    Select select = query.select();
    if (!select.groupBy().isEmpty()) {
      refuse("GROUP BY", select.groupBy().get(0).span());
    }
    refuse("HAVING", select.having());
    refuse("QUALIFY", select.qualify());
    if (select.from() instanceof SourceRelation source && !source.modifiers().isAtMostLate()) {
      boolean isNamed = source.modifiers().alias() != null;
      reporter.error(
          CODE,
          source.span(),
          isNamed
              ? "a pattern has no name: its elements have names"
              : "what follows a stream cannot follow PATTERN",
          isNamed ? "leave it out" : AROUND);
    }
  }

  /** What the query says of late rows of the pattern's streams, or null. */
  private static @Nullable LateClause late(Select select) {
    return select.from() instanceof SourceRelation source ? source.modifiers().late() : null;
  }

  private void refuse(String clause, @Nullable Expression written) {
    if (written != null) {
      refuse(clause, written.span());
    }
  }

  private void refuse(String clause, Span span) {
    reporter.error(
        CODE,
        span,
        clause + " cannot stand beside PATTERN, where aggregates are of elements",
        AROUND);
  }

  private void refuseStar(Select select, PatternElements elements) {
    for (SelectItem item : select.items()) {
      if (!(item instanceof SelectItem.Star star) || star.qualifier() != null) {
        continue;
      }
      for (PatternElements.Element element : elements.all()) {
        if (!element.isAbsent() && !element.isScalar()) {
          reporter.error(
              CODE,
              star.span(),
              element.isRepeated()
                  ? "* is all columns of all elements, and '"
                      + element.shown()
                      + "' is repeated: it is a list of events"
                  : "* is all columns of all elements, and two of '"
                      + element.written().stream().name()
                      + "' have no name",
              element.isRepeated()
                  ? "name the columns, as in a.*, b[last].x"
                  : "write a = … before an element");
          return;
        }
      }
    }
  }

  private PatternSkip skip(PatternElements elements) {
    AfterMatch after = relation.afterMatch();
    if (after == null) {
      return PatternSkip.NONE;
    }
    PatternSkip.Mode mode =
        switch (after.mode()) {
          case PAST_LAST_ROW -> PatternSkip.Mode.PAST_LAST_ROW;
          case TO_NEXT_ROW -> PatternSkip.Mode.TO_NEXT_ROW;
          case TO_FIRST -> PatternSkip.Mode.TO_FIRST;
          case TO_LAST -> PatternSkip.Mode.TO_LAST;
        };
    Identifier target = after.variable();
    if (target == null) {
      return new PatternSkip(mode, 0);
    }
    Optional<Integer> variable = elements.find(target);
    if (variable.isEmpty()) {
      List<String> names = new ArrayList<>();
      elements.all().stream().map(PatternElements.Element::shown).forEach(names::add);
      reporter.error(
          CODE,
          target.span(),
          "there is no element '" + target.name() + "' in the pattern",
          NearestName.hint(target.name(), names)
              .or(() -> Optional.of("name it, as in " + target.name() + " = …")));
    } else if (elements.get(variable.get()).isAbsent()) {
      reporter.error(
          CODE,
          target.span(),
          "'" + target.name() + "' must not come: there is no event to skip to",
          "name an element that stands without NOT");
    }
    return new PatternSkip(mode, variable.orElse(0));
  }

  private List<@Nullable RowExpression> conditions(PatternElements elements) {
    List<@Nullable RowExpression> conditions = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Expression written = elements.get(i).written().condition();
      conditions.add(written == null ? null : condition(written, own(elements, i)));
    }
    return conditions;
  }

  /** Null after a report: what is read of the matches is looked at all the same. */
  private @Nullable RowExpression condition(Expression written, Scope scope) {
    String place = "the condition of an element";
    RowExpression condition =
        new ExpressionAnalyzer(context, scope, Clause.plain(place)).condition(written, place);
    return Reporter.isFaulty(condition) ? null : condition;
  }

  /** What the condition of an element sees: its own event, then earlier elements. */
  private Scope own(PatternElements elements, int variable) {
    PatternElements.Element element = elements.get(variable);
    List<Scope.Column> bare = streams.columns(element.stream());
    PatternScope pattern =
        new PatternScope(
            context,
            elements,
            streams,
            new PatternScope.View(variable, Set.copyOf(element.before())),
            UnaryOperator.identity());
    List<Scope.Source> sources = new ArrayList<>();
    sources.add(new Scope.Source(element.name(), bare, false));
    for (int earlier : element.before()) {
      if (elements.get(earlier).isScalar()) {
        sources.add(
            new Scope.Source(elements.get(earlier).name(), pattern.columns(earlier), false));
      }
    }
    return new Scope(sources, bare, pattern);
  }

  /** What a match has: its keys, and the columns of elements that are one event. */
  private Scope matches(
      AnalysisContext within, PatternElements elements, UnaryOperator<RowExpression> placing) {
    Set<Integer> all = new TreeSet<>();
    for (int i = 0; i < elements.size(); i++) {
      all.add(i);
    }
    PatternScope pattern =
        new PatternScope(within, elements, streams, new PatternScope.View(-1, all), placing);
    List<Scope.Source> sources = new ArrayList<>();
    List<Scope.Column> bare = new ArrayList<>(streams.keyColumns());
    Set<String> keys = new HashSet<>();
    bare.forEach(key -> keys.add(key.name().toLowerCase(Locale.ROOT)));
    keys.add(Scope.ROWTIME.toLowerCase(Locale.ROOT));
    for (int i : all) {
      if (elements.get(i).isScalar()) {
        List<Scope.Column> columns = withKeys(pattern.columns(i), elements.get(i));
        sources.add(new Scope.Source(elements.get(i).name(), columns, false));
        columns.stream()
            .filter(column -> !keys.contains(column.name().toLowerCase(Locale.ROOT)))
            .forEach(bare::add);
      }
    }
    bare.add(new Scope.Column(Scope.ROWTIME, new RowtimeReference(), true));
    return new Scope(sources, bare, pattern);
  }

  /** The columns of an element, of which those that are keys are taken from the key. */
  private List<Scope.Column> withKeys(List<Scope.Column> columns, PatternElements.Element element) {
    if (!element.isCertain()) {
      return columns;
    }
    List<Scope.Column> result = new ArrayList<>();
    for (Scope.Column column : columns) {
      RowExpression value =
          streams
              .findKey(element.stream(), column)
              .<RowExpression>map(key -> key)
              .orElse(column.value());
      result.add(new Scope.Column(column.name(), value, column.isPseudo()));
    }
    return result;
  }

  /** Notes what the query reads of the elements; its errors are reported when it is looked at. */
  private void look(Query query, PatternElements elements) {
    AnalysisContext apart = new AnalysisContext(context.catalog(), new Diagnostics());
    Grouping kinds = new Grouping(new WindowSpec.Unbounded(), GroupingSets.none(), true);
    kinds.setOfRetractions();
    ExpressionAnalyzer looking =
        new ExpressionAnalyzer(
            apart,
            matches(apart, elements, UnaryOperator.identity()),
            new Clause(
                "the select list", kinds, new Explosions(0), new Analytics(), Map.of(), Map.of()));
    Select select = query.select();
    for (SelectItem item : select.items()) {
      if (item instanceof SelectItem.Column column) {
        looking.analyze(column.expression());
      } else if (item instanceof SelectItem.Star star && star.qualifier() != null) {
        looking.analyze(star.qualifier());
      }
    }
    Expression where = select.where();
    if (where != null) {
      looking.analyze(where);
    }
    OrderClause order = query.order();
    if (order != null) {
      order.items().forEach(item -> looking.analyze(item.expression()));
    }
  }
}
