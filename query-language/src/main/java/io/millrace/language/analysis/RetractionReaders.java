package io.millrace.language.analysis;

import io.millrace.language.expression.RowExpression;
import io.millrace.language.plan.Aggregate;
import io.millrace.language.plan.AggregateCall;
import io.millrace.language.plan.AggregateFunction;
import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.AnalyticNode;
import io.millrace.language.plan.BegunRowsNode;
import io.millrace.language.plan.ChangedRowsNode;
import io.millrace.language.plan.DelayNode;
import io.millrace.language.plan.DistinctNode;
import io.millrace.language.plan.Emission;
import io.millrace.language.plan.EventsNode;
import io.millrace.language.plan.ExplodeNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.JoinBounds;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinTable;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.NamedExpression;
import io.millrace.language.plan.NewestByKeyNode;
import io.millrace.language.plan.OrderNode;
import io.millrace.language.plan.OverNode;
import io.millrace.language.plan.PatternNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.RateLimitNode;
import io.millrace.language.plan.Retractions;
import io.millrace.language.plan.RollupWindow;
import io.millrace.language.plan.RowKinds;
import io.millrace.language.plan.SequenceNode;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.SpreadNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.UnionNode;
import io.millrace.language.plan.UserAggregate;
import io.millrace.language.plan.WindowSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the streams of a script whose rows take others back, and refuses the queries over them that
 * could not do so: what is not a filter, a projection or an aggregate of everything since the
 * start, and what would say another thing of a row when it is taken back.
 */
final class RetractionReaders {
  static final String CODE = "bad-retractions";

  /** What depends on which of the rows it is that goes. */
  private static final Set<AggregateFunction> OF_ORDER =
      EnumSet.of(
          AggregateFunction.FIRST,
          AggregateFunction.LAST,
          AggregateFunction.FIRST_N,
          AggregateFunction.LAST_N,
          AggregateFunction.NTH,
          AggregateFunction.MIN_BY,
          AggregateFunction.MAX_BY,
          AggregateFunction.MIN_BY_N,
          AggregateFunction.MAX_BY_N,
          AggregateFunction.COLLECT_LIST,
          AggregateFunction.COLLECT_SET,
          AggregateFunction.HISTOGRAM,
          AggregateFunction.STRING_AGG,
          AggregateFunction.MODE);

  /** What takes each row by itself and keeps their order. */
  private static final Set<Class<? extends PlanNode>> PASSING =
      Set.of(
          ProjectNode.class,
          ExplodeNode.class,
          EventsNode.class,
          BegunRowsNode.class,
          UnionNode.class,
          SortNode.class,
          LateIntoNode.class,
          NewestByKeyNode.class,
          ChangedRowsNode.class);

  /** Of other nodes, for people. */
  private static final Map<Class<? extends PlanNode>, String> NAMES =
      Map.ofEntries(
          Map.entry(AlignNode.class, "WATERMARK ON"),
          Map.entry(PatternNode.class, "a pattern"),
          Map.entry(DistinctNode.class, "SELECT DISTINCT"),
          Map.entry(OrderNode.class, "ORDER BY and LIMIT"),
          Map.entry(RateLimitNode.class, "EMIT FIRST, LAST and ALL"),
          Map.entry(AnalyticNode.class, "OVER"),
          Map.entry(OverNode.class, "OVER"),
          Map.entry(RankNode.class, "OVER"),
          Map.entry(SpreadNode.class, "PARTITION BY ROUND_ROBIN"),
          Map.entry(DelayNode.class, "DELAY"),
          Map.entry(SequenceNode.class, "a stream with ORDER BY"));

  private final Function<StreamDeclaration, List<QueryPlan>> feeders;
  private final Reporter reporter;
  private final Retractions retractions = new Retractions(this::kinds);
  private final Map<String, Optional<RowKinds>> known = new HashMap<>();

  /**
   * @param feeders the queries that feed a stream; none feeds, however indirectly, what it reads
   */
  RetractionReaders(Function<StreamDeclaration, List<QueryPlan>> feeders, Reporter reporter) {
    this.feeders = feeders;
    this.reporter = reporter;
  }

  /**
   * What is known of the rows of a stream, if they take others back; of a table, if it sends what
   * its rows replace. No window is fed with rows that do.
   */
  Optional<RowKinds> kinds(StreamDeclaration stream) {
    if (stream.window() != null) {
      return Optional.empty();
    }
    String key = stream.name().toLowerCase(Locale.ROOT);
    Optional<RowKinds> found = known.get(key);
    if (found == null) {
      List<QueryPlan> queries = feeders.apply(stream);
      found =
          stream.isTable()
              ? Optional.of(RowKinds.STEADY)
                  .filter(none -> queries.stream().anyMatch(QueryPlan::showsReplaced))
                  .or(stream::rowKinds)
              : Retractions.united(
                  Stream.concat(
                          Stream.of(stream.rowKinds()),
                          queries.stream().map(it -> retractions.of(it.root())))
                      .toList());
      known.put(key, found);
    }
    return found;
  }

  /** What cannot take rows back, and what to do about it. */
  private record Refusal(String message, String help) {
    /** Of what takes only rows that stay. */
    Refusal(String message) {
      this(
          message,
          "filters, projections and aggregates without a window can; or read a query whose rows"
              + " stay");
    }
  }

  /** Reports a query that cannot take rows back that come to it. */
  void check(QueryPlan query) {
    StreamDeclaration target = query.target();
    refusal(query.root())
        .or(() -> target == null ? Optional.empty() : refusalOf(target, query.root()))
        .ifPresent(
            refusal -> reporter.error(CODE, query.span(), refusal.message(), refusal.help()));
  }

  /** Why a stream or table cannot be fed by a plan. */
  private Optional<Refusal> refusalOf(StreamDeclaration target, PlanNode root) {
    boolean takes = (target.isTable() || target.window() != null) && takesBack(root);
    return takes
        ? Optional.of(cannot(target.isTable() ? "a table without aggregates" : "a named window"))
        : Optional.empty();
  }

  private boolean takesBack(PlanNode node) {
    return retractions.of(node).isPresent();
  }

  private static Refusal cannot(String what) {
    return new Refusal(
        what
            + " cannot take rows back, and rows come in that take others back: those of a query"
            + " WITH RETRACTIONS, or of a window inside a table");
  }

  /** Why a plan cannot take rows back, of its nodes the first from the sources on. */
  private Optional<Refusal> refusal(PlanNode node) {
    for (PlanNode input : node.inputs()) {
      Optional<Refusal> below = refusal(input);
      if (below.isPresent()) {
        return below;
      }
    }
    return node.inputs().stream().anyMatch(this::takesBack) ? refusalOf(node) : Optional.empty();
  }

  private Optional<Refusal> refusalOf(PlanNode node) {
    if (node instanceof FilterNode filter) {
      return unsteady(List.of(filter.predicate()), filter.input(), "WHERE");
    }
    if (node instanceof AggregateNode groups) {
      return refusalOf(groups);
    }
    if (node instanceof JoinNode join) {
      return refusalOf(join);
    }
    return PASSING.contains(node.getClass()) ? Optional.empty() : Optional.of(cannot(name(node)));
  }

  private static String name(PlanNode node) {
    return NAMES.getOrDefault(node.getClass(), "such a query");
  }

  /** A join goes on with those of its own FROM, which send at once what it sends at once. */
  private Optional<Refusal> refusalOf(JoinNode join) {
    if (join.method() instanceof JoinTable) {
      return Optional.of(
          new Refusal(
              cannot("a join with a table").message(),
              "join the table before the streams whose rows are sent early, or leave out WITH"
                  + " RETRACTIONS"));
    }
    boolean goesOn =
        join.method() instanceof JoinBounds
            && join.unmatched() == JoinNode.Unmatched.AT_ONCE_AND_RETRACTED
            && join.inputs().stream()
                .filter(this::takesBack)
                .allMatch(JoinEmission::goesOnRetracting);
    if (!goesOn) {
      return Optional.of(
          new Refusal(
              cannot("a join").message(),
              "join all streams in one FROM, or read a query whose rows stay"));
    }
    RowExpression condition = join.condition();
    List<RowExpression> both = condition == null ? List.of() : List.of(condition);
    return unsteady(expressions(join.leftKeys()), join.left(), "ON")
        .or(() -> unsteady(expressions(join.rightKeys()), join.right(), "ON"))
        .or(() -> unsteady(both, join, "ON"));
  }

  private static List<RowExpression> expressions(List<NamedExpression> named) {
    return named.stream().map(NamedExpression::expression).toList();
  }

  private Optional<Refusal> refusalOf(AggregateNode groups) {
    if (groups.window() instanceof WindowSpec.Snapshots) {
      return Optional.of(cannot("EMIT EVERY"));
    }
    if (groups.window() instanceof RollupWindow) {
      return Optional.of(cannot("CREATE AGGREGATION"));
    }
    if (!(groups.window() instanceof WindowSpec.Unbounded)) {
      return Optional.of(cannot("a window"));
    }
    if (groups.emission() == Emission.FINAL) {
      return Optional.of(cannot("EMIT FINAL"));
    }
    List<RowExpression> read = new ArrayList<>();
    groups.partitionKeys().forEach(key -> read.add(key.expression()));
    groups.groupKeys().forEach(key -> read.add(key.expression()));
    for (AggregateCall call : groups.aggregates()) {
      if (!canTakeBack(call.function())) {
        return Optional.of(cannot("'" + call.function().sqlName() + "'"));
      }
      read.addAll(call.arguments());
      RowExpression filter = call.filter();
      if (filter != null) {
        read.add(filter);
      }
    }
    return unsteady(read, groups.input(), "an aggregate or GROUP BY");
  }

  private static boolean canTakeBack(Aggregate function) {
    return function instanceof UserAggregate users
        ? users.definition().methods().retract().isPresent()
        : !(function instanceof AggregateFunction known && OF_ORDER.contains(known));
  }

  /** Refuses expressions that differ between a row and what takes it back. */
  private Optional<Refusal> unsteady(List<RowExpression> read, PlanNode input, String clause) {
    return retractions
        .of(input)
        .filter(kinds -> read.stream().anyMatch(kinds::makesUnsteady))
        .map(
            kinds ->
                read.stream().anyMatch(kinds::makesOfUnsteadyTime)
                    ? ofTime(clause)
                    : new Refusal(unsteady(clause)));
  }

  /** Why a clause is refused that reads the time of rows which are taken back later. */
  private static Refusal ofTime(String clause) {
    return new Refusal(
        clause
            + " that reads ROWTIME says another thing of a row WITH RETRACTIONS when it is taken"
            + " back: what takes it back has the time at which it does so",
        "read the time of one of the joined streams, as in a.ROWTIME");
  }

  /** Why a clause is refused that differs between a row and what takes it back. */
  static String unsteady(String clause) {
    return clause
        + " that is random or reads ROW_KIND says another thing of a row WITH RETRACTIONS when it"
        + " is taken back";
  }
}
