package io.millrace.language.analysis;

import io.millrace.language.ast.CreateAggregation;
import io.millrace.language.ast.CreateFunction;
import io.millrace.language.ast.CreateStream;
import io.millrace.language.ast.CreateTable;
import io.millrace.language.ast.CreateType;
import io.millrace.language.ast.CreateWindow;
import io.millrace.language.ast.DescribeStatement;
import io.millrace.language.ast.DropStatement;
import io.millrace.language.ast.ExplainLevel;
import io.millrace.language.ast.ExplainStatement;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.InsertQuery;
import io.millrace.language.ast.InsertValues;
import io.millrace.language.ast.Node;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.QueryStatement;
import io.millrace.language.ast.SetStatement;
import io.millrace.language.ast.ShowStatement;
import io.millrace.language.ast.Statement;
import io.millrace.language.ast.StatementVisitor;
import io.millrace.language.plan.ShowRequest;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Analyses one statement after the other. Each method says whether its statement went without a new
 * error.
 */
final class StatementAnalyzer implements StatementVisitor<Boolean> {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final SourceText source;
  private final ScriptBuilder script;
  private final Streams streams;
  private final QueryAnalyzer queries;
  private final DeclarationAnalyzer declarations;
  private final InsertAnalyzer inserts;
  private final RollupAnalyzer rollups;

  StatementAnalyzer(
      AnalysisContext context, SourceText source, ScriptBuilder script, Streams streams) {
    this.context = context;
    this.reporter = context.reporter();
    this.source = source;
    this.script = script;
    this.streams = streams;
    this.queries = new QueryAnalyzer(context, streams);
    this.inserts = new InsertAnalyzer(context, streams, queries, script);
    this.rollups = new RollupAnalyzer(context, streams, queries, script);
    this.declarations = new DeclarationAnalyzer(context, streams, queries, inserts, script);
  }

  /** All statements, in order. */
  void analyze(List<Statement> statements) {
    for (Statement statement : statements) {
      if (statement instanceof CreateStream create) {
        streams.announce(create.name());
      } else if (statement instanceof CreateTable create) {
        streams.announce(create.name());
      } else if (statement instanceof CreateWindow create) {
        streams.announce(create.name());
      } else if (statement instanceof CreateAggregation create) {
        streams.announce(create.name());
      } else if (statement instanceof InsertQuery insert) {
        declarations.announceSink(insert.target());
      } else if (statement instanceof InsertValues insert) {
        declarations.announceSink(insert.target());
      }
    }
    List<Identifier> late = new ArrayList<>();
    statements.forEach(statement -> late.addAll(LateNames.of(statement)));
    late.forEach(declarations::announceSink);
    for (Statement statement : statements) {
      statement.accept(this);
      List<LateFeed> feeds = context.takeLateFeeds();
      boolean runs = !(statement instanceof ExplainStatement); // nobody gets rows of what it sees
      context.inheritedLate().endStatement(runs);
      if (runs) {
        feeds.forEach(
            feed -> script.addQuery(feed.target(), feed.root(), textOf(statement), feed.span()));
      }
    }
    late.forEach(this::checkFed);
  }

  /** LATE INTO behind a WATERMARK sends nothing, unless a query finds rows of the stream late. */
  private void checkFed(Identifier name) {
    if (!reporter.hasErrors() && !script.feeds(name.name())) {
      reporter.error(
          "bad-late-into",
          name.span(),
          "no query of this script finds late rows for '" + name.name() + "'",
          "only what windows, patterns, joins and OVER (ORDER BY ROWTIME) read can be late");
    }
  }

  private String textOf(Node node) {
    return source.text().substring(node.span().start(), node.span().end());
  }

  private boolean unsupported(UnsupportedFeature feature, Statement statement) {
    reporter.unsupported(feature, statement.span());
    return false;
  }

  @Override
  public Boolean visitCreateStream(CreateStream statement) {
    return declarations.declare(
        new DeclarationAnalyzer.Declaration(
            statement.name(),
            false,
            statement.columns(),
            statement.timeClauses(),
            statement.options(),
            statement.query(),
            null),
        textOf(statement),
        statement.span());
  }

  @Override
  public Boolean visitCreateTable(CreateTable statement) {
    return declarations.declare(
        new DeclarationAnalyzer.Declaration(
            statement.name(),
            true,
            statement.columns(),
            statement.timeClauses(),
            statement.options(),
            statement.query(),
            null),
        textOf(statement),
        statement.span());
  }

  @Override
  public Boolean visitCreateWindow(CreateWindow statement) {
    return declarations.declare(
        new DeclarationAnalyzer.Declaration(
            statement.name(),
            false,
            statement.columns(),
            statement.timeClauses(),
            List.of(),
            null,
            statement.window()),
        textOf(statement),
        statement.span());
  }

  @Override
  public Boolean visitCreateAggregation(CreateAggregation statement) {
    return rollups.create(statement, textOf(statement));
  }

  @Override
  public Boolean visitCreateFunction(CreateFunction statement) {
    return unsupported(UnsupportedFeature.CREATE_FUNCTION, statement);
  }

  @Override
  public Boolean visitCreateType(CreateType statement) {
    int before = reporter.errorCount();
    context.types().create(statement.name(), statement.type());
    return reporter.errorCount() == before;
  }

  @Override
  public Boolean visitInsertQuery(InsertQuery statement) {
    return inserts.query(statement, textOf(statement));
  }

  @Override
  public Boolean visitInsertValues(InsertValues statement) {
    return inserts.values(statement);
  }

  @Override
  public Boolean visitQueryStatement(QueryStatement statement) {
    int before = reporter.errorCount();
    AnalyzedQuery query = queries.analyze(statement.query(), false, WantedColumns.NAMED);
    script.addQuery(null, query.plan(), textOf(statement), statement.span());
    return reporter.errorCount() == before;
  }

  @Override
  public Boolean visitDropStatement(DropStatement statement) {
    return unsupported(UnsupportedFeature.DROP, statement);
  }

  @Override
  public Boolean visitShowStatement(ShowStatement statement) {
    script.addRequest(new ShowRequest.ShowAll(ShowRequest.Kind.valueOf(statement.kind().name())));
    return true;
  }

  @Override
  public Boolean visitDescribeStatement(DescribeStatement statement) {
    Identifier name = statement.name();
    return switch (statement.kind()) {
      case RELATION ->
          streams
              .get(name)
              .map(
                  symbol ->
                      describe(
                          symbol.declaration().isTable() || symbol.declaration().rollup() != null
                              ? ShowRequest.Kind.TABLES
                              : ShowRequest.Kind.STREAMS,
                          symbol.declaration().name()))
              .orElse(false);
      case FUNCTION -> describeFunction(name);
      case CONNECTOR -> describeConnector(name);
    };
  }

  private boolean describeFunction(Identifier name) {
    List<String> known = new ArrayList<>(context.catalog().functions().names());
    known.addAll(context.catalog().functions().aggregateNames());
    known.addAll(LanguageFunctions.names());
    return known.contains(name.name().toLowerCase(Locale.ROOT))
        ? describe(ShowRequest.Kind.FUNCTIONS, name.name())
        : unknown("function", name, known);
  }

  /** Formats are found too: their options stand beside those of the connector. */
  private boolean describeConnector(Identifier name) {
    AnalysisCatalog catalog = context.catalog();
    List<String> known = new ArrayList<>(catalog.connectorNames());
    known.addAll(catalog.formatNames());
    boolean isKnown =
        catalog.findConnector(name.name()).isPresent()
            || catalog.findFormat(name.name()).isPresent();
    return isKnown
        ? describe(ShowRequest.Kind.CONNECTORS, name.name())
        : unknown("connector", name, known);
  }

  private boolean describe(ShowRequest.Kind kind, String name) {
    script.addRequest(new ShowRequest.Describe(kind, name));
    return true;
  }

  private boolean unknown(String what, Identifier name, List<String> known) {
    reporter.error(
        "unknown-" + what,
        name.span(),
        "unknown " + what + " '" + name.name() + "'",
        NearestName.hint(name.name(), known));
    return false;
  }

  @Override
  public Boolean visitExplainStatement(ExplainStatement statement) {
    int before = reporter.errorCount();
    AnalyzedQuery query = queries.analyze(statement.query(), false, WantedColumns.NAMED);
    if (statement.level() == ExplainLevel.ANALYZE) {
      Query analyzed = statement.query();
      String name = script.addAnalyzed(query.plan(), textOf(analyzed), analyzed.span());
      script.addRequest(new ShowRequest.Analyze(name));
      return reporter.errorCount() == before;
    }
    script.addRequest(
        new ShowRequest.Explain(
            ShowRequest.Level.valueOf(statement.level().name()),
            script.explained(query.plan(), textOf(statement.query()), statement.query().span())));
    return reporter.errorCount() == before;
  }

  @Override
  public Boolean visitSetStatement(SetStatement statement) {
    return new OptionsAnalyzer(context.catalog(), reporter)
        .setting(statement.assignment())
        .map(
            setting -> {
              script.addSetting(setting.getKey(), setting.getValue());
              return true;
            })
        .orElse(false);
  }
}
