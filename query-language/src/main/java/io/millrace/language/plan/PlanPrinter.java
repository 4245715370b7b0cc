package io.millrace.language.plan;

import io.millrace.language.expression.ExpressionPrinter;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes plans as text: the answer to EXPLAIN LOGICAL. A node to a line, its inputs below it and
 * two spaces further in, expressions in SQL.
 *
 * <pre>
 * Project [symbol, price * volume AS value]
 *   Filter [price &gt; 100e0]
 *     Scan [Trades]
 * </pre>
 */
public final class PlanPrinter implements PlanVisitor<String> {
  private static final PlanPrinter PRINTER = new PlanPrinter();

  private PlanPrinter() {}

  /** The tree below the node; every line ends with a line feed. */
  public static String print(PlanNode root) {
    StringBuilder out = new StringBuilder();
    print(root, 0, out);
    return out.toString();
  }

  /** The query with its name, the columns of its result and its tree. */
  public static String print(QueryPlan query) {
    StringBuilder out = new StringBuilder(query.name()).append(' ');
    out.append(query.root().schema()).append('\n');
    print(query.root(), 1, out);
    return out.toString();
  }

  private static void print(PlanNode node, int depth, StringBuilder out) {
    out.append("  ".repeat(depth)).append(node.accept(PRINTER)).append('\n');
    List<PlanNode> below = node instanceof LateRowsNode late ? List.of(late.rows()) : node.inputs();
    for (PlanNode input : below) {
      print(input, depth + 1, out);
    }
  }

  private static String list(List<NamedExpression> expressions) {
    List<String> texts = new ArrayList<>();
    for (NamedExpression expression : expressions) {
      texts.add(named(ExpressionPrinter.print(expression.expression()), expression.name()));
    }
    return "[" + String.join(", ", texts) + "]";
  }

  private static String named(String expression, String name) {
    String shown = ExpressionPrinter.name(name);
    return shown.equals(expression) ? expression : expression + " AS " + shown;
  }

  @Override
  public String visitScan(ScanNode node) {
    List<String> parts = new ArrayList<>();
    parts.add(ExpressionPrinter.name(node.stream().name()));
    for (Field field : node.metadata()) {
      parts.add(field.name());
    }
    return (node.stream().isTable() ? "Scan table [" : "Scan [") + String.join(", ", parts) + "]";
  }

  @Override
  public String visitFilter(FilterNode node) {
    return "Filter [" + ExpressionPrinter.print(node.predicate()) + "]";
  }

  @Override
  public String visitProject(ProjectNode node) {
    return "Project " + list(node.expressions());
  }

  @Override
  public String visitUnion(UnionNode node) {
    return "Union";
  }

  @Override
  public String visitJoin(JoinNode node) {
    return JoinPrinter.print(node);
  }

  @Override
  public String visitExplode(ExplodeNode node) {
    return "Explode "
        + list(node.arrays())
        + (node.isNumbered() ? " with numbers" : "")
        + (node.endsRows() ? " and ends of rows" : "");
  }

  @Override
  public String visitDistinct(DistinctNode node) {
    if (node.scope() instanceof DistinctScope.OfWindow window) {
      return "Distinct in a window, which is over after " + window.overAfterMillis() + " ms";
    }
    return node.scope() instanceof DistinctScope.OfEmission
        ? "Distinct in an emission"
        : "Distinct";
  }

  @Override
  public String visitSpread(SpreadNode node) {
    return "Spread round robin";
  }

  @Override
  public String visitSort(SortNode node) {
    return node.keepsLate() ? "Sort by ROWTIME, late rows as they come" : "Sort by ROWTIME";
  }

  @Override
  public String visitSequence(SequenceNode node) {
    Schema schema = node.schema();
    return "Restore the sequence of "
        + ExpressionPrinter.name(schema.name(node.number()))
        + ", a gap waits "
        + ExpressionPrinter.duration(node.timeoutMillis())
        + (node.skip() < 0 ? "" : " or until " + ExpressionPrinter.name(schema.name(node.skip())));
  }

  @Override
  public String visitAlign(AlignNode node) {
    List<String> others = node.others().stream().map(ExpressionPrinter::name).toList();
    return (node.marks().isCounted() ? "Align by counted marks [" : "Align by marks [")
        + ExpressionPrinter.print(node.marks().number())
        + "] with "
        + String.join(", ", others);
  }

  @Override
  public String visitDelay(DelayNode node) {
    return "Delay by " + ExpressionPrinter.duration(node.delayMillis());
  }

  @Override
  public String visitLateInto(LateIntoNode node) {
    return "Late rows into " + ExpressionPrinter.name(node.stream()) + " " + list(node.columns());
  }

  @Override
  public String visitLateRows(LateRowsNode node) {
    return "Late rows of";
  }

  @Override
  public String visitOrder(OrderNode node) {
    StringBuilder text = new StringBuilder(node.isOfOneTime() ? "Order each emission" : "Order");
    if (!node.apart().isEmpty()) {
      text.append(" of ").append(names(node.schema(), node.apart()));
    }
    if (!node.order().isEmpty()) {
      text.append(" by ").append(sorted(node.schema(), node.order()));
    }
    node.limit().ifPresent(limit -> text.append(" limit ").append(limit));
    return text.append(node.offset() == 0 ? "" : " offset " + node.offset()).toString();
  }

  private static String sorted(Schema schema, List<SortColumn> order) {
    List<String> columns = new ArrayList<>();
    for (SortColumn column : order) {
      columns.add(
          ExpressionPrinter.name(schema.name(column.column()))
              + (column.isDescending() ? " DESC" : "")
              + (column.nullsFirst() == column.isDescending()
                  ? ""
                  : column.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"));
    }
    return "[" + String.join(", ", columns) + "]";
  }

  @Override
  public String visitChangedRows(ChangedRowsNode node) {
    return (node.isByKey() ? "Changed rows of a table" : "Changed rows")
        + (node.keys().isEmpty() ? "" : " of each " + names(node.schema(), node.keys()))
        + (node.visible() == node.schema().size()
            ? ""
            : ", by " + node.schema().names().subList(0, node.visible()))
        + (node.forgottenAfterMillis() == 0
            ? ""
            : ", forgotten after " + ExpressionPrinter.duration(node.forgottenAfterMillis()));
  }

  @Override
  public String visitRateLimit(RateLimitNode node) {
    String each = node.keys().isEmpty() ? "" : " per " + names(node.schema(), node.keys());
    return "Limit to "
        + node.kind().name().toLowerCase(Locale.ROOT)
        + " every "
        + interval(node.interval())
        + each;
  }

  /** An interval as the language writes it. */
  /** An interval as EVERY takes it. */
  public static String interval(EmissionInterval interval) {
    return interval instanceof EmissionInterval.Time time
        ? ExpressionPrinter.duration(time.millis())
        : ((EmissionInterval.Rows) interval).count() + " EVENTS";
  }

  private static String names(Schema schema, List<Integer> columns) {
    return columns.stream()
        .map(column -> ExpressionPrinter.name(schema.name(column)))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String visitRank(RankNode node) {
    StringBuilder text = new StringBuilder("Rank ");
    Schema schema = node.input().schema();
    if (!node.partition().isEmpty()) {
      text.append("partition by ").append(names(schema, node.partition())).append(' ');
    }
    text.append("order by ").append(sorted(schema, node.order()));
    List<String> rankings = new ArrayList<>();
    for (AnalyticNode.RankColumn ranking : node.rankings()) {
      rankings.add(named(ranking.ranking().sqlName() + "()", ranking.name()));
    }
    text.append(" [").append(String.join(", ", rankings)).append(']');
    for (RankNode.Bound bound : node.bounds()) {
      text.append(' ').append(bound.ranking().sqlName()).append("() <= ").append(bound.most());
    }
    return text.append(node.isByNumber() ? ", changes of places" : ", changes of rows").toString();
  }

  @Override
  public String visitOver(OverNode node) {
    Schema schema = node.input().schema();
    List<String> parts = new ArrayList<>();
    for (OverNode.Part part : node.parts()) {
      String by = part.order().isEmpty() ? "" : "order by " + sorted(schema, part.order()) + " ";
      String per =
          part.partition().isEmpty() ? "" : "partition by " + names(schema, part.partition()) + " ";
      boolean isByTime =
          !part.order().isEmpty()
              && schema.type(part.order().get(0).column()) == DataType.TIMESTAMP;
      parts.add(per + by + functions(part.rankings(), part.frames(), isByTime));
    }
    return "Over " + String.join("; ", parts);
  }

  @Override
  public String visitWantedGroups(WantedGroupsNode node) {
    return "Groups of wanted rows [" + node.schema().name(node.wanted()) + "]";
  }

  @Override
  public String visitNewestByKey(NewestByKeyNode node) {
    String order = node.newest() == NewestByKeyNode.Newest.BY_TIME ? " in the order of time" : "";
    return "Newest by key " + names(node.schema(), node.keys()) + order;
  }

  @Override
  public String visitReplacedRows(ReplacedRowsNode node) {
    return "With what they replace, by " + names(node.schema(), node.keys());
  }

  @Override
  public String visitBegunRows(BegunRowsNode node) {
    String per = node.apart().isEmpty() ? "" : " per " + names(node.schema(), node.apart());
    return "Rows that begin: "
        + names(node.schema(), IntStream.range(0, node.visible()).boxed().toList())
        + per
        + switch (node.cause()) {
          case ANY -> "";
          case ENTERING -> " by what enters";
          case LEAVING -> " by what leaves";
        };
  }

  @Override
  public String visitEvents(EventsNode node) {
    return "Events of changes";
  }

  @Override
  public String visitWholeRows(WholeRowsNode node) {
    return "Changes of whole rows";
  }

  @Override
  public String visitAnalytic(AnalyticNode node) {
    return "Analytic "
        + node.parts().stream()
            .map(
                part ->
                    (part.partitionKeys().isEmpty()
                            ? ""
                            : "partition by " + list(part.partitionKeys()) + " ")
                        + functions(part.rankings(), part.frames(), true))
            .collect(Collectors.joining("; "));
  }

  private String functions(
      List<AnalyticNode.RankColumn> rankings,
      List<AnalyticNode.FramedCalls> frames,
      boolean isByTime) {
    List<String> parts = new ArrayList<>();
    for (AnalyticNode.RankColumn ranking : rankings) {
      parts.add(named(ranking.ranking().sqlName() + "()", ranking.name()));
    }
    for (AnalyticNode.FramedCalls framed : frames) {
      for (AggregateCall call : framed.calls()) {
        parts.add(named(call(call) + " " + framed.frame().print(isByTime), call.name()));
      }
    }
    return "[" + String.join(", ", parts) + "]";
  }

  @Override
  public String visitPattern(PatternNode node) {
    return PatternPrinter.print(node);
  }

  @Override
  public String visitAggregate(AggregateNode node) {
    StringBuilder text = new StringBuilder("Aggregate ");
    String window = WindowPrinter.print(node.window());
    if (!window.isEmpty()) {
      text.append(node.window().coversAll() ? "" : "window ").append(window).append(' ');
    }
    if (!node.partitionKeys().isEmpty()) {
      text.append("partition by ").append(list(node.partitionKeys())).append(' ');
    }
    if (!node.groupKeys().isEmpty()) {
      text.append("group by ").append(list(node.groupKeys())).append(' ');
    }
    List<String> calls = new ArrayList<>();
    for (AggregateCall call : node.aggregates()) {
      calls.add(named(call(call), call.name()));
    }
    text.append('[').append(String.join(", ", calls)).append(']');
    if (!node.carried().isEmpty()) {
      text.append(" newest ").append(list(node.carried()));
    }
    return text.append(" emit ").append(emission(node)).toString();
  }

  private static String emission(AggregateNode node) {
    if (node.window() instanceof WindowSpec.Revised revised) {
      return revised.revisions().text() + (node.isChangelog() ? ", as changes" : "");
    }
    if (node.window() instanceof RollupWindow) {
      return "nothing";
    }
    return switch (node.emission()) {
      case FINAL, ANSWER -> "final";
      case EACH_ROW -> "each row";
      case RETRACTED_ROWS -> "each row with retractions";
      case EXPIRY -> "on expiry";
      case CHANGES -> "each arrival and expiry";
      case CONTENTS -> "rows that enter and leave";
      case RETRACTED_CONTENTS -> "rows that enter and leave with retractions";
      case LOOKS -> "looks";
      case HELD -> "nothing, held for queries";
      case CHANGELOG -> "changes";
      case FINAL_CHANGELOG -> "final, as changes";
      case MARKED_CHANGELOG -> "each change with its cause";
      case REVISIONS -> throw new IllegalArgumentException("revisions without any: " + node);
    };
  }

  /** An aggregate as it is written. */
  static String call(AggregateCall call) {
    String function = call.function().sqlName();
    List<RowExpression> given = new ArrayList<>(call.arguments());
    given.addAll(call.settings());
    String arguments = given.isEmpty() ? "*" : ExpressionPrinter.list(given);
    String text = function + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + ")";
    text += call.ignoresNulls() ? " IGNORE NULLS" : "";
    RowExpression filter = call.filter();
    return filter == null ? text : text + " FILTER (WHERE " + ExpressionPrinter.print(filter) + ")";
  }
}
