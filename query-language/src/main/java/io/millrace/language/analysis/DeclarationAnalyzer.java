package io.millrace.language.analysis;

import io.millrace.language.ast.ColumnDefinition;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.OptionAssignment;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.TimeClause;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.KeyColumns;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.SequenceOrder;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.StreamMarks;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.language.plan.UnionNode;
import io.millrace.language.plan.WindowSpec;
import io.millrace.spi.error.Span;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Declares streams, tables and windows, with the queries that define them. */
final class DeclarationAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final Streams streams;
  private final QueryAnalyzer queries;
  private final InsertAnalyzer inserts;
  private final ScriptBuilder script;
  private final Set<String> sinks = new HashSet<>();

  /** CREATE STREAM, TABLE or WINDOW; the query and the window are null if there is none. */
  record Declaration(
      Identifier name,
      boolean isTable,
      List<ColumnDefinition> columns,
      List<TimeClause> timeClauses,
      List<OptionAssignment> options,
      @Nullable Query query,
      @Nullable WindowClause window) {
    String kind() {
      return isTable ? "table" : window == null ? "stream" : "window";
    }
  }

  DeclarationAnalyzer(
      AnalysisContext context,
      Streams streams,
      QueryAnalyzer queries,
      InsertAnalyzer inserts,
      ScriptBuilder script) {
    this.context = context;
    this.reporter = context.reporter();
    this.streams = streams;
    this.queries = queries;
    this.inserts = inserts;
    this.script = script;
  }

  /** Says that INSERT INTO feeds a stream of this name. */
  void announceSink(Identifier name) {
    sinks.add(name.name().toLowerCase(Locale.ROOT));
  }

  /** Declares it, also with errors, so that what reads it gets no further ones. */
  boolean declare(Declaration declaration, String text, Span span) {
    int before = reporter.errorCount();
    Query query = declaration.query();
    if (declaration.window() != null) {
      declareWindow(declaration, declaration.window(), text, span);
    } else if (query == null) {
      declareSource(declaration, null, false);
    } else {
      derive(declaration, query, text, span);
    }
    return reporter.errorCount() == before;
  }

  /** Declares a window, and what holds its rows. */
  private void declareWindow(Declaration declaration, WindowClause clause, String text, Span span) {
    int before = reporter.errorCount();
    Schema schema = new ColumnListAnalyzer(context).schema(declaration.columns());
    String name = declaration.name().name();
    Scope columns = new Scope(List.of(Scope.source(name, schema.fields(), schema.size())));
    Optional<WindowSpec> window = new NamedWindows(context).declare(clause, columns);
    declareSource(declaration, window.orElse(null), window.isEmpty());
    if (window.isPresent() && reporter.errorCount() == before) {
      script.addContents(name, queries.contents(declaration.name()), text, span);
    }
  }

  private void declareSource(
      Declaration declaration, @Nullable WindowSpec window, boolean isFaulty) {
    ColumnListAnalyzer columns = new ColumnListAnalyzer(context);
    Schema schema = columns.schema(declaration.columns());
    List<Integer> keys = columns.keys(declaration.columns(), schema);
    TimeAttribute time = columns.time(declaration.timeClauses(), schema);
    Identifier name = declaration.name();
    if (schema.size() == 0) {
      reporter.error(
          "missing-columns",
          name.span(),
          declaration.kind() + " '" + name.name() + "' has no columns",
          "list them in parentheses, or define it with AS SELECT …");
    } else if (declaration.isTable() && keys.isEmpty()) {
      reporter.error(
          "missing-key",
          name.span(),
          "table '" + name.name() + "' has no PRIMARY KEY",
          "write PRIMARY KEY behind the columns that name a row");
    }
    boolean isSink = sinks.contains(name.name().toLowerCase(Locale.ROOT));
    if (isSink) {
      refuseTimeClauses(declaration);
    }
    OptionsAnalyzer.StreamOptions options =
        new OptionsAnalyzer(context.catalog(), reporter)
            .analyze(declaration.options(), name, isSink);
    long idleMillis =
        columns.idleMillis(declaration.timeClauses(), time, options.connector() != null);
    add(
        declaration,
        schema,
        keys,
        time(declaration, time, idleMillis, schema),
        options,
        window,
        isSink,
        isFaulty || schema.size() == 0);
  }

  /** What the time clauses say. */
  private record Time(
      TimeAttribute attribute,
      long idleMillis,
      @Nullable SequenceOrder sequence,
      @Nullable StreamMarks marks) {}

  private Time time(
      Declaration declaration, TimeAttribute attribute, long idleMillis, Schema schema) {
    return new Time(
        attribute,
        idleMillis,
        new SequenceAnalyzer(context).analyze(declaration, schema),
        new MarksAnalyzer(context).analyze(declaration, schema));
  }

  /** That of rows which a query gives, unless the clauses say otherwise. */
  private Time derivedTime(Declaration declaration, Schema schema) {
    TimeAttribute declared =
        new ColumnListAnalyzer(context).time(declaration.timeClauses(), schema);
    boolean isDeclared = !(declared instanceof TimeAttribute.Undeclared);
    return time(declaration, isDeclared ? declared : new TimeAttribute.Derived(true), 0, schema);
  }

  private StreamDeclaration add(
      Declaration declaration,
      Schema schema,
      List<Integer> keys,
      Time time,
      OptionsAnalyzer.StreamOptions options,
      @Nullable WindowSpec window,
      boolean isDerived,
      boolean isOpen) {
    if (!declaration.isTable()) {
      refuseTimeToLive(declaration);
    }
    StreamDeclaration stream =
        new StreamDeclaration(
            declaration.name().name(),
            declaration.isTable(),
            schema,
            keys,
            time.attribute,
            time.idleMillis,
            time.sequence,
            time.marks,
            options.connector(),
            options.values(),
            isDerived,
            null,
            window,
            null,
            declaration.name().span());
    if (isDerived && saysWhatIsLate(declaration, time)) {
      context.inheritedLate().end(stream);
    }
    if (streams.declare(declaration.name(), stream, lateInto(declaration), isOpen)) {
      script.addStream(stream);
    }
    return stream;
  }

  /** Whether late rows of a stream are its own affair, not that of those of which it is made. */
  private static boolean saysWhatIsLate(Declaration declaration, Time time) {
    return !(time.attribute instanceof TimeAttribute.Undeclared
            || time.attribute instanceof TimeAttribute.Derived)
        || declaration.timeClauses().stream().anyMatch(TimeClause.Late.class::isInstance);
  }

  /** Where LATE INTO among its time clauses sends late rows. */
  private Optional<LateTarget> lateInto(Declaration declaration) {
    Optional<LateTarget> target = Optional.empty();
    for (TimeClause clause : declaration.timeClauses()) {
      Identifier name = clause instanceof TimeClause.Late late ? late.into() : null;
      if (name == null) {
        continue;
      }
      if (declaration.isTable() || target.isPresent()) {
        reporter.error(
            "bad-late-into",
            clause.span(),
            declaration.isTable()
                ? "a table has no late rows: it takes all changes as they come"
                : "LATE INTO is given twice");
      } else {
        target = new LateIntoAnalyzer(context).target(name, streams);
      }
    }
    return target;
  }

  private void refuseTimeToLive(Declaration declaration) {
    for (OptionAssignment option : declaration.options()) {
      if (option.key().equalsIgnoreCase(StreamDeclaration.STATE_TTL)) {
        reporter.error(
            "bad-option",
            option.keySpan(),
            "option '" + option.key() + "' is for tables, and a stream keeps no rows",
            "say SET '" + StreamDeclaration.STATE_TTL + "' for what queries keep");
      }
    }
  }

  /** Reports what cannot be said of the time of rows that queries give. */
  private void refuseTimeClauses(Declaration declaration) {
    for (TimeClause clause : declaration.timeClauses()) {
      if (clause instanceof TimeClause.IdleTimeout) {
        reporter.error(
            "bad-idle-timeout",
            clause.span(),
            "a query or INSERT INTO feeds '"
                + declaration.name().name()
                + "', which is as silent as the streams that are read for it, whatever conditions"
                + " leave out of these",
            "write IDLE TIMEOUT in the streams that are read");
      } else if (declaration.isTable() && saysTime(clause)) {
        reporter.error(
            "bad-time",
            clause.span(),
            "changes of table '"
                + declaration.name().name()
                + "' have the times of the rows that make them: one that deletes has no values of"
                + " which a time could be read",
            "declare the time in the streams that are read, or in a stream between these and the"
                + " table");
      }
    }
  }

  /** Whether a clause gives rows times; others are refused in tables wherever these come from. */
  private static boolean saysTime(TimeClause clause) {
    return clause instanceof TimeClause.FixedWatermark
        || clause instanceof TimeClause.AdaptiveWatermark
        || clause instanceof TimeClause.TimestampBy;
  }

  private void derive(Declaration declaration, Query query, String text, Span span) {
    OptionsAnalyzer.StreamOptions options =
        new OptionsAnalyzer(context.catalog(), reporter)
            .analyze(declaration.options(), declaration.name(), true);
    refuseTimeClauses(declaration);
    ColumnListAnalyzer columns = new ColumnListAnalyzer(context);
    Schema declared = columns.schema(declaration.columns());
    boolean hasColumns = declared.size() > 0;
    List<Integer> declaredKeys = columns.keys(declaration.columns(), declared);
    int before = reporter.errorCount();
    AnalyzedQuery written =
        queries.analyze(
            query,
            declaration.isTable(),
            new WantedColumns(
                !hasColumns, declared.fields().stream().map(Field::type).toList(), declaredKeys));
    boolean isGood =
        reporter.errorCount() == before && !AnalyzedRelation.isOverOpen(written.plan());
    AnalyzedQuery result =
        declaration.isTable() && declaredKeys.isEmpty() && isGood
            ? written.withBoundsOfKey()
            : written;
    KeyColumns key = result.key(declaration.isTable());
    List<Integer> keys = declaredKeys.isEmpty() ? key.columns() : declaredKeys;
    Schema schema = hasColumns ? declared(declared, written, result) : result.plan().schema();
    boolean isOpen = !hasColumns && (result.isOpen() || hasNoColumns(schema));
    if (declaration.isTable() && declaredKeys.isEmpty() && isGood) {
      checkKey(declaration, key, result);
    }
    StreamDeclaration stream =
        add(
            declaration,
            schema,
            keys,
            derivedTime(declaration, schema),
            options,
            null,
            true,
            isOpen);
    boolean hasOwnKey = !declaredKeys.isEmpty() || result.partition().isPresent();
    inserts.add(
        stream,
        result,
        new InsertAnalyzer.Columns(List.of(), hasOwnKey, query.select().isDistinct()),
        text,
        span);
  }

  /** The columns that are declared, and those of the key that the query is given beside its own. */
  private static Schema declared(Schema declared, AnalyzedQuery written, AnalyzedQuery result) {
    List<Field> all = new ArrayList<>(declared.fields());
    List<Field> given = result.plan().schema().fields();
    all.addAll(given.subList(written.plan().schema().size(), given.size()));
    return new Schema(all);
  }

  private static boolean hasNoColumns(Schema schema) {
    return schema.fields().stream().map(Field::type).allMatch(t -> t == DataType.NULL);
  }

  private static String keyHint(PlanNode rows) {
    if (rows instanceof UnionNode && rows.isChangelog()) {
      return "the rows of united tables have no key that can be selected: take those that differ,"
          + " SELECT DISTINCT, or group them";
    }
    if (rows instanceof ExplodeNode exploded && exploded.keepsNumbers()) {
      return "add them to the select list; the number of an element is part of the key: CROSS JOIN"
          + " UNNEST (…) WITH ORDINALITY AS u (element, number)";
    }
    return rows.inputs().size() == 1
        ? keyHint(rows.inputs().get(0))
        : "add them to the select list";
  }

  /** A table needs its key, unless it is one row for ever: an aggregate without groups. */
  private void checkKey(Declaration declaration, KeyColumns key, AnalyzedQuery result) {
    if (!key.isComplete()) {
      reporter.error(
          "missing-key",
          declaration.name().span(),
          "table '" + declaration.name().name() + "' does not select all columns of its key",
          keyHint(result.plan()));
    } else if (key.columns().isEmpty() && !SingleRow.isAlways(result.plan())) {
      reporter.error(
          "missing-key",
          declaration.name().span(),
          "table '" + declaration.name().name() + "' has no key",
          "group its query, or name the key with PARTITION BY");
    }
  }
}
