package io.millrace.language.parser;

import io.millrace.language.ast.CalendarUnit;
import io.millrace.language.ast.CreateAggregation;
import io.millrace.language.ast.CreateFunction;
import io.millrace.language.ast.CreateStream;
import io.millrace.language.ast.CreateTable;
import io.millrace.language.ast.CreateType;
import io.millrace.language.ast.CreateWindow;
import io.millrace.language.ast.DescribeKind;
import io.millrace.language.ast.DescribeStatement;
import io.millrace.language.ast.DropStatement;
import io.millrace.language.ast.ExplainLevel;
import io.millrace.language.ast.ExplainStatement;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.FunctionParameter;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.InsertQuery;
import io.millrace.language.ast.InsertValues;
import io.millrace.language.ast.NegationExpression;
import io.millrace.language.ast.ObjectKind;
import io.millrace.language.ast.OptionAssignment;
import io.millrace.language.ast.Query;
import io.millrace.language.ast.QueryStatement;
import io.millrace.language.ast.SetStatement;
import io.millrace.language.ast.ShowKind;
import io.millrace.language.ast.ShowStatement;
import io.millrace.language.ast.Statement;
import io.millrace.language.ast.ValuesRow;
import io.millrace.spi.error.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Builds statements. */
final class StatementBuilder extends MillraceParserBaseVisitor<Statement> {
  /** Units of an aggregation as Siddhi shortens them. */
  private static final Map<String, CalendarUnit> SHORT_UNITS =
      Map.of("SEC", CalendarUnit.SECOND, "MIN", CalendarUnit.MINUTE);

  private final AstBuilder ast;

  StatementBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  @Override
  public Statement visitCreateStream(MillraceParser.CreateStreamContext ctx) {
    Identifier name = ast.identifier(ctx.identifier());
    requireColumnsOrQuery("stream", name, ctx.columnList(), ctx.query());
    return new CreateStream(
        name,
        ast.columnLists().columns(ctx.columnList()),
        ast.columnLists().timeClauses(ctx.columnList()),
        options(ctx.optionList()),
        query(ctx.query()),
        ast.span(ctx));
  }

  @Override
  public Statement visitCreateTable(MillraceParser.CreateTableContext ctx) {
    Identifier name = ast.identifier(ctx.identifier());
    requireColumnsOrQuery("table", name, ctx.columnList(), ctx.query());
    return new CreateTable(
        name,
        ast.columnLists().columns(ctx.columnList()),
        ast.columnLists().timeClauses(ctx.columnList()),
        options(ctx.optionList()),
        query(ctx.query()),
        ast.span(ctx));
  }

  private void requireColumnsOrQuery(
      String kind,
      Identifier name,
      @Nullable ParserRuleContext columns,
      @Nullable ParserRuleContext query) {
    if (columns == null && query == null) {
      String create = "CREATE " + kind.toUpperCase(Locale.ROOT) + " " + name.name();
      ast.diagnostics()
          .report(
              "missing-columns",
              name.span(),
              kind + " '" + name.name() + "' has neither columns nor a query",
              "write " + create + " (column TYPE, …) or " + create + " AS SELECT …");
    }
  }

  @Override
  public Statement visitCreateWindow(MillraceParser.CreateWindowContext ctx) {
    return new CreateWindow(
        ast.identifier(ctx.identifier()),
        ast.columnLists().columns(ctx.columnList()),
        ast.columnLists().timeClauses(ctx.columnList()),
        ast.windows().window(ctx.windowSpecification()),
        ast.span(ctx));
  }

  @Override
  public Statement visitCreateAggregation(MillraceParser.CreateAggregationContext ctx) {
    int errorsBefore = ast.diagnostics().size();
    CalendarUnit finest = granularity(ctx.granularity(0));
    CalendarUnit coarsest =
        ctx.granularity().size() == 1 ? finest : granularity(ctx.granularity(1));
    boolean areKnown = ast.diagnostics().size() == errorsBefore;
    if (areKnown && coarsest.compareTo(finest) < 0) {
      ast.diagnostics()
          .report(
              "invalid-granularity",
              ast.span(ctx.granularity(1)),
              coarsest + " is finer than " + finest,
              "write EVERY " + coarsest + " ... " + finest);
    }
    return new CreateAggregation(
        ast.identifier(ctx.identifier()),
        options(ctx.optionList()),
        ast.queries().query(ctx.query()),
        finest,
        coarsest,
        ast.span(ctx));
  }

  private CalendarUnit granularity(MillraceParser.GranularityContext ctx) {
    String name = ctx.getText().toUpperCase(Locale.ROOT);
    for (CalendarUnit unit : CalendarUnit.values()) {
      if (name.equals(unit.name()) || name.equals(unit.name() + "S")) {
        return unit;
      }
    }
    List<String> known = Arrays.stream(CalendarUnit.values()).map(CalendarUnit::name).toList();
    Optional<CalendarUnit> meant =
        Optional.ofNullable(SHORT_UNITS.get(name))
            .or(() -> NearestName.find(name, known).map(CalendarUnit::valueOf));
    ast.diagnostics()
        .report(
            "unknown-granularity",
            ast.span(ctx),
            "unknown granularity '" + ctx.getText() + "'",
            meant
                .map(unit -> "did you mean '" + unit + "'?")
                .orElse("they are " + String.join(", ", known)));
    return meant.orElse(CalendarUnit.SECOND);
  }

  @Override
  public Statement visitCreateFunction(MillraceParser.CreateFunctionContext ctx) {
    List<FunctionParameter> parameters =
        ctx.functionParameters() == null
            ? List.of()
            : AstBuilder.map(ctx.functionParameters().functionParameter(), this::parameter);
    return new CreateFunction(
        ast.identifier(ctx.identifier()),
        parameters,
        ctx.dataType() == null ? null : ast.types().visit(ctx.dataType()),
        ast.expressions().visit(ctx.expression()),
        ast.span(ctx));
  }

  private FunctionParameter parameter(MillraceParser.FunctionParameterContext ctx) {
    return new FunctionParameter(
        ast.identifier(ctx.identifier()), ast.types().visit(ctx.dataType()), ast.span(ctx));
  }

  @Override
  public Statement visitCreateType(MillraceParser.CreateTypeContext ctx) {
    return new CreateType(
        ast.identifier(ctx.identifier()), ast.types().visit(ctx.dataType()), ast.span(ctx));
  }

  @Override
  public Statement visitInsert(MillraceParser.InsertContext ctx) {
    Identifier target = ast.identifier(ctx.identifier());
    List<Identifier> columns = ctx.nameList() == null ? List.of() : ast.identifiers(ctx.nameList());
    if (ctx.query() != null) {
      return new InsertQuery(target, columns, ast.queries().query(ctx.query()), ast.span(ctx));
    }
    List<ValuesRow> rows =
        AstBuilder.map(
            ctx.valuesRow(),
            row -> new ValuesRow(ast.expressions().visitAll(row.expression()), ast.span(row)));
    return new InsertValues(target, columns, rows, ast.span(ctx));
  }

  @Override
  public Statement visitQueryStatement(MillraceParser.QueryStatementContext ctx) {
    return new QueryStatement(ast.queries().query(ctx.query()), ast.span(ctx));
  }

  @Override
  public Statement visitDropStatement(MillraceParser.DropStatementContext ctx) {
    return new DropStatement(
        ObjectKind.valueOf(word(ctx.objectKind())),
        ctx.EXISTS() != null,
        ast.identifier(ctx.identifier()),
        ast.span(ctx));
  }

  @Override
  public Statement visitShowStatement(MillraceParser.ShowStatementContext ctx) {
    return new ShowStatement(ShowKind.valueOf(word(ctx.showKind())), ast.span(ctx));
  }

  @Override
  public Statement visitDescribeStatement(MillraceParser.DescribeStatementContext ctx) {
    DescribeKind kind =
        ctx.describeKind() == null
            ? DescribeKind.RELATION
            : DescribeKind.valueOf(word(ctx.describeKind()));
    return new DescribeStatement(kind, describedName(ctx), ast.span(ctx));
  }

  private Identifier describedName(MillraceParser.DescribeStatementContext ctx) {
    if (ctx.identifier() != null) {
      return ast.identifier(ctx.identifier());
    }
    Token string = ctx.STRING().getSymbol();
    return new Identifier(LiteralBuilder.unquote(string.getText()), false, ast.span(string));
  }

  @Override
  public Statement visitExplainStatement(MillraceParser.ExplainStatementContext ctx) {
    ExplainLevel level =
        ctx.explainLevel() == null
            ? ExplainLevel.LOGICAL
            : ExplainLevel.valueOf(word(ctx.explainLevel()));
    return new ExplainStatement(level, ast.queries().query(ctx.query()), ast.span(ctx));
  }

  @Override
  public Statement visitSetStatement(MillraceParser.SetStatementContext ctx) {
    return new SetStatement(option(ctx.option()), ast.span(ctx));
  }

  private static String word(ParserRuleContext ctx) {
    return ctx.getText().toUpperCase(Locale.ROOT);
  }

  private @Nullable Query query(MillraceParser.@Nullable QueryContext ctx) {
    return ctx == null ? null : ast.queries().query(ctx);
  }

  private List<OptionAssignment> options(MillraceParser.@Nullable OptionListContext ctx) {
    return ctx == null ? List.of() : AstBuilder.map(ctx.option(), this::option);
  }

  private OptionAssignment option(MillraceParser.OptionContext ctx) {
    return new OptionAssignment(
        optionKey(ctx.optionKey()),
        ast.span(ctx.optionKey()),
        optionValue(ctx.optionValue()),
        ast.span(ctx));
  }

  private String optionKey(MillraceParser.OptionKeyContext ctx) {
    if (ctx.STRING() != null) {
      return LiteralBuilder.unquote(ctx.STRING().getText());
    }
    return String.join(
        ".", AstBuilder.map(ctx.optionWord(), word -> ast.identifier(word.getStart()).name()));
  }

  private Expression optionValue(MillraceParser.OptionValueContext ctx) {
    if (ctx.STRING() != null) {
      return ast.literals().string(ctx.STRING().getSymbol());
    }
    Expression value = ast.literals().visit(ctx.getChild(ctx.getChildCount() - 1));
    return ctx.MINUS() != null ? new NegationExpression(value, ast.span(ctx)) : value;
  }
}
