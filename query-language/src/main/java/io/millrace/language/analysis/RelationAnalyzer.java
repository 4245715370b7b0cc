package io.millrace.language.analysis;

import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.JoinRelation;
import io.millrace.language.ast.JoinType;
import io.millrace.language.ast.LateClause;
import io.millrace.language.ast.MatchRecognizeRelation;
import io.millrace.language.ast.PatternRelation;
import io.millrace.language.ast.Relation;
import io.millrace.language.ast.RelationVisitor;
import io.millrace.language.ast.SourceModifiers;
import io.millrace.language.ast.SourceRelation;
import io.millrace.language.ast.StreamReference;
import io.millrace.language.ast.SubqueryRelation;
import io.millrace.language.ast.TableAlias;
import io.millrace.language.ast.UnionRelation;
import io.millrace.language.ast.UnnestRelation;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.ast.WindowKind;
import io.millrace.language.expression.ColumnReference;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.RetainedWindow;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.SequenceOrder;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes plans of the sources of FROM. */
final class RelationAnalyzer implements RelationVisitor<AnalyzedRelation> {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final Streams streams;
  private final QueryAnalyzer queries;
  private final FromQuery use;
  private final boolean findsLate;
  private final Map<String, CommonRelation> commonTables;

  /**
   * @param use what is made of the rows of queries in FROM
   * @param findsLate whether the query finds rows late without a WINDOW
   */
  RelationAnalyzer(
      AnalysisContext context,
      Streams streams,
      QueryAnalyzer queries,
      FromQuery use,
      boolean findsLate,
      Map<String, CommonRelation> commonTables) {
    this.context = context;
    this.reporter = context.reporter();
    this.streams = streams;
    this.queries = queries;
    this.use = use;
    this.findsLate = findsLate;
    this.commonTables = new HashMap<>(commonTables);
  }

  AnalyzedRelation analyze(Relation relation) {
    refuseUnidirectional(relation);
    return relation instanceof SourceRelation source ? source(source, true) : relation.accept(this);
  }

  private void refuseUnidirectional(Relation relation) {
    if (relation instanceof SourceRelation source && source.modifiers().isUnidirectional()) {
      reporter.error(
          "bad-join",
          relation.span(),
          "UNIDIRECTIONAL is for the sources of a JOIN: only their rows send something",
          "leave it out");
    }
  }

  /** Adds a query of WITH, which later ones may read. */
  void addCommonTable(Identifier name, CommonRelation relation) {
    if (commonTables.put(name.name().toLowerCase(Locale.ROOT), relation) != null) {
      reporter.error(
          "duplicate-name", name.span(), "there is already a query '" + name.name() + "'");
    }
  }

  Map<String, CommonRelation> commonTables() {
    return commonTables;
  }

  @Override
  public AnalyzedRelation visitStreamReference(StreamReference relation) {
    CommonRelation common = commonTables.get(relation.name().name().toLowerCase(Locale.ROOT));
    if (common != null) {
      return common.as(use);
    }
    Optional<StreamSymbol> found = streams.get(relation.name());
    if (found.isEmpty() || found.get().isOpen()) {
      return AnalyzedRelation.open(relation.name().name());
    }
    StreamSymbol symbol = found.get();
    if (symbol.declaration().rollup() != null) {
      return RollupSource.refuseReader(reporter, relation);
    }
    Schema columns = symbol.declaration().schema();
    List<Field> fields = new ArrayList<>(columns.fields());
    fields.addAll(symbol.metadata());
    ScanNode scan = new ScanNode(symbol.declaration(), symbol.metadata(), new Schema(fields));
    List<Scope.Source> sources =
        List.of(Scope.source(symbol.declaration().name(), fields, columns.size()));
    SequenceOrder order = symbol.declaration().sequence();
    PlanNode rows =
        order == null
            ? scan
            : new SequenceAnalyzer(context)
                .restored(scan, order, new Scope(sources), symbol.lateInto());
    PlanNode aligned =
        new MarksAnalyzer(context)
            .aligned(rows, symbol.declaration(), new Scope(sources), symbol.lateInto());
    AnalyzedRelation read = AnalyzedRelation.of(aligned, sources);
    WindowSpec declared = symbol.declaration().window();
    WindowSpec window = declared instanceof RetainedWindow retained ? retained.of() : declared;
    return window == null
        ? read.withLate(
            symbol
                .lateInto()
                .map(target -> LateRows.of(LateRoute.of(target, sources)))
                .orElseGet(
                    () -> context.inheritedLate().of(symbol.declaration(), relation, sources)))
        : read.withWindow(window);
  }

  @Override
  public AnalyzedRelation visitSubqueryRelation(SubqueryRelation relation) {
    return queries.nested(relation.query(), use, commonTables).asRelation(null);
  }

  @Override
  public AnalyzedRelation visitSourceRelation(SourceRelation relation) {
    return source(relation, findsLate);
  }

  private AnalyzedRelation source(SourceRelation relation, boolean mayFindLate) {
    SourceModifiers modifiers = relation.modifiers();
    AnalyzedRelation input = relation.input().accept(this);
    refuseModifiers(relation, modifiers);
    TableAlias alias = modifiers.alias();
    AnalyzedRelation named = alias == null ? input : renamed(input, alias);
    WindowClause window = modifiers.window();
    AnalyzedRelation result = window == null ? named : windowed(named, window);
    return modifiers.late() == null ? result : late(result, modifiers.late(), mayFindLate);
  }

  /** What reads the sides of a join, of which rows may be late without a WINDOW. */
  private RelationAnalyzer findingLate(boolean mayFindLate) {
    return new RelationAnalyzer(context, streams, queries, use, mayFindLate, commonTables);
  }

  private static boolean hasWindow(Relation relation) {
    return relation instanceof SourceRelation source && source.modifiers().window() != null;
  }

  /** What a query says of late rows goes before what the stream says that it reads. */
  private AnalyzedRelation late(AnalyzedRelation input, LateClause clause, boolean mayFindLate) {
    if (!mayFindLate && !input.hasWindow() && !input.isOpen()) {
      LateIntoAnalyzer.refuse(reporter, clause);
      return input;
    }
    Optional<LateTarget> target = lateTarget(clause);
    return input.withLate(LateRows.said(target.map(it -> LateRoute.of(it, input.sources()))));
  }

  /** Where late rows go; empty for LATE DROP, and after a report. */
  Optional<LateTarget> lateTarget(LateClause clause) {
    Identifier name = clause.into();
    return name == null ? Optional.empty() : new LateIntoAnalyzer(context).target(name, streams);
  }

  private void refuseModifiers(SourceRelation relation, SourceModifiers modifiers) {
    if (modifiers.asOf() != null) {
      reporter.unsupported(UnsupportedFeature.SYSTEM_TIME, modifiers.asOf().span());
    }
    if (modifiers.range() != null) {
      RollupSource.refuseRange(reporter, streams, relation);
    }
  }

  /** The relation under another name, with other names of its columns. */
  AnalyzedRelation renamed(AnalyzedRelation input, TableAlias alias) {
    if (input.isOpen()) {
      return input.withSources(List.of(Scope.open(alias.name().name())));
    }
    List<Scope.Column> columns = new ArrayList<>();
    int position = 0;
    for (Scope.Column column : Scope.apart(input.sources())) {
      boolean isRenamed = !column.isPseudo() && position < alias.columns().size();
      columns.add(isRenamed ? renamed(column, alias.columns().get(position)) : column);
      position += column.isPseudo() ? 0 : 1;
    }
    if (position < alias.columns().size()) {
      reporter.error(
          "bad-alias",
          alias.span(),
          "'"
              + alias.name().name()
              + "' names "
              + alias.columns().size()
              + " columns of "
              + position);
    }
    return input.withSources(List.of(new Scope.Source(alias.name().name(), columns, false)));
  }

  private static Scope.Column renamed(Scope.Column column, Identifier name) {
    return column.value() instanceof ColumnReference reference
        ? new Scope.Column(
            name.name(),
            new ColumnReference(reference.index(), reference.type(), name.name()),
            false)
        : new Scope.Column(name.name(), column.value(), false);
  }

  private AnalyzedRelation windowed(AnalyzedRelation input, WindowClause clause) {
    WindowAnalyzer windows = new WindowAnalyzer(context, new Scope(input.sources()));
    boolean isDelay = clause.kind() == WindowKind.DELAY;
    OptionalLong delay = isDelay ? windows.delay(clause) : OptionalLong.empty();
    Optional<WindowSpec> window = isDelay ? Optional.empty() : windows.analyze(clause);
    if (input.hasWindow()) {
      if (NamedWindows.isNamed(input)) {
        reporter.error(
            "bad-window",
            clause.span(),
            "the source is a window already",
            "write WINDOW behind the stream that fills it");
      } else {
        reporter.error("bad-window", clause.span(), "the source has a window already");
      }
    }
    if (input.plan().isChangelog()) {
      reporter.error(
          "bad-window",
          clause.span(),
          "a table has no window: it is what its rows are now",
          "put the window on the stream from which the table is made");
      return new AnalyzedRelation(
          input.plan(), input.sources(), input.window(), 0, LateRows.DROPPED, true);
    }
    return new AnalyzedRelation(
        input.plan(),
        input.sources(),
        window.orElseGet(WindowSpec.Unbounded::new),
        delay.orElse(0),
        input.late(),
        window.isEmpty() && delay.isEmpty());
  }

  @Override
  public AnalyzedRelation visitUnionRelation(UnionRelation relation) {
    List<AnalyzedRelation> inputs = new ArrayList<>();
    for (Relation input : relation.inputs()) {
      refuseUnidirectional(input);
      AnalyzedRelation analyzed = input.accept(this);
      if (analyzed.hasWindow()) {
        refuseWindow(input);
      }
      inputs.add(analyzed);
    }
    return new UnionAnalyzer(reporter).unite(relation, inputs);
  }

  /** One window can be that of all rows, and a query the one that sends the rows of its window. */
  private void refuseWindow(Relation input) {
    reporter.error(
        "bad-window",
        input.span(),
        "a union has the rows of its inputs, and a window on one of them does not say which these"
            + " are",
        "write (a UNION ALL b) WINDOW … for a window of all rows, or a UNION ALL (SELECT * FROM b"
            + " WINDOW …) for those that this window sends");
  }

  @Override
  public AnalyzedRelation visitJoinRelation(JoinRelation relation) {
    boolean mayFindLate =
        relation.bound() != null || hasWindow(relation.left()) || hasWindow(relation.right());
    RelationAnalyzer sides = findingLate(mayFindLate);
    AnalyzedRelation left = relation.left().accept(sides);
    Optional<UnnestAnalyzer> unnest =
        relation.type() == JoinType.CROSS
            ? UnnestAnalyzer.of(context, relation.right())
            : Optional.empty();
    if (unnest.isPresent()) {
      refuseBesideUnnest(relation);
      return unnest.get().over(left);
    }
    return new JoinAnalyzer(context, relation).join(left, relation.right().accept(sides));
  }

  private void refuseBesideUnnest(JoinRelation relation) {
    if (relation.condition() != null || relation.bound() != null) {
      reporter.error(
          "bad-join",
          relation.span(),
          "CROSS JOIN UNNEST makes a row of each element, and has neither ON nor WITHIN",
          "pick elements with WHERE");
    }
    refuseUnidirectional(relation.left());
  }

  @Override
  public AnalyzedRelation visitUnnestRelation(UnnestRelation relation) {
    reporter.unsupported(UnsupportedFeature.UNNEST_ALONE, relation.span());
    return AnalyzedRelation.open(null);
  }

  @Override
  public AnalyzedRelation visitPatternRelation(PatternRelation relation) {
    reporter.error(
        PatternAnalyzer.CODE,
        relation.span(),
        "PATTERN stands alone in the FROM of a query",
        "put it into a query of its own: FROM (SELECT … FROM PATTERN (…) …)");
    return AnalyzedRelation.open(null);
  }

  @Override
  public AnalyzedRelation visitMatchRecognizeRelation(MatchRecognizeRelation relation) {
    relation.input().accept(this);
    reporter.unsupported(UnsupportedFeature.MATCH_RECOGNIZE, relation.span());
    return AnalyzedRelation.open(null);
  }
}
