package io.millrace.language.analysis;

import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.AlignNode;
import io.millrace.language.plan.ConstantRows;
import io.millrace.language.plan.DelayNode;
import io.millrace.language.plan.FilterNode;
import io.millrace.language.plan.JoinNode;
import io.millrace.language.plan.JoinTable;
import io.millrace.language.plan.JoinWindows;
import io.millrace.language.plan.LateIntoNode;
import io.millrace.language.plan.LateRowsNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.ProjectNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.RowKinds;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.SequenceNode;
import io.millrace.language.plan.ShowRequest;
import io.millrace.language.plan.SortNode;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Does what needs the whole script: refuses cycles, finds the order of rows in every stream,
 * removes sorting where rows are in order, and puts the final declarations into the plans.
 */
final class ScriptCompletion {
  private final ScriptPlan script;
  private final Reporter reporter;
  private final Map<String, List<QueryPlan>> feeders = new HashMap<>();
  private final RetractionReaders retractions;
  private final Map<String, RowOrder> orders = new HashMap<>();
  private final Map<String, StreamDeclaration> completed = new HashMap<>();

  /** The streams that the query aligns which is being completed. */
  private List<String> aligned = List.of();

  ScriptCompletion(ScriptPlan script, Reporter reporter) {
    this.script = script;
    this.reporter = reporter;
    this.retractions =
        new RetractionReaders(stream -> feeders.getOrDefault(key(stream), List.of()), reporter);
    for (QueryPlan query : script.queries()) {
      StreamDeclaration target = query.target();
      if (target != null) {
        feeders.computeIfAbsent(key(target), absent -> new ArrayList<>()).add(query);
      }
    }
  }

  private static String key(StreamDeclaration stream) {
    return stream.name().toLowerCase(Locale.ROOT);
  }

  ScriptPlan complete() {
    if (hasCycle()) {
      return script;
    }
    script.queries().forEach(retractions::check);
    for (ShowRequest request : script.requests()) {
      if (request instanceof ShowRequest.Explain explain) {
        retractions.check(explain.query());
      }
    }
    List<StreamDeclaration> streams = new ArrayList<>();
    for (StreamDeclaration stream : script.streams()) {
      StreamDeclaration complete = complete(stream);
      completed.put(key(stream), complete);
      streams.add(complete);
    }
    List<QueryPlan> queries = script.queries().stream().map(this::complete).toList();
    return new ScriptPlan(
        streams,
        withoutUnfound(queries),
        script.constants().stream()
            .map(c -> new ConstantRows(current(c.target()), c.place(), c.rows()))
            .toList(),
        script.settings(),
        script.requests().stream().map(this::complete).toList());
  }

  /**
   * A stream whose rows queries make, and that declares no time, has the times that they give; one
   * that has rows that take others back says so.
   */
  private StreamDeclaration complete(StreamDeclaration stream) {
    boolean isFed = feeders.containsKey(key(stream));
    boolean isDeclared =
        stream.time() instanceof TimeAttribute.Watermark
            || stream.time() instanceof TimeAttribute.Column;
    RowKinds kinds = retractions.kinds(stream).orElse(null);
    if (kinds == null && !isFed) {
      return stream;
    }
    refuseTimeOfChanges(stream, kinds, isDeclared);
    return new StreamDeclaration(
        stream.name(),
        stream.isTable(),
        stream.schema(),
        stream.keyColumns(),
        isDeclared ? stream.time() : new TimeAttribute.Derived(!order(stream).needsSort()),
        isFed ? idleMillis(stream) : stream.idleMillis(),
        stream.sequence(),
        stream.marks(),
        stream.connector(),
        stream.options(),
        stream.isDerived(),
        kinds,
        stream.window(),
        stream.rollup(),
        stream.span());
  }

  /** A row and what takes it back may have different times in a column. */
  private void refuseTimeOfChanges(
      StreamDeclaration stream, @Nullable RowKinds kinds, boolean isDeclared) {
    boolean hasClause = isDeclared || stream.sequence() != null || stream.marks() != null;
    if (kinds != null && stream.isDerived() && !stream.isTable() && hasClause) {
      reporter.error(
          "bad-time",
          stream.span(),
          "'"
              + stream.name()
              + "' is fed with rows that take others back, and has a time clause: a row and what"
              + " takes it back may differ in the time, and one be late without the other",
          "declare the time in the streams that are read, which both rows have then; or leave WITH"
              + " RETRACTIONS out of the query that feeds it");
    }
  }

  private StreamDeclaration current(StreamDeclaration stream) {
    return completed.getOrDefault(key(stream), stream);
  }

  private ShowRequest complete(ShowRequest request) {
    return request instanceof ShowRequest.Explain explain
        ? new ShowRequest.Explain(explain.level(), complete(explain.query()))
        : request;
  }

  private QueryPlan complete(QueryPlan query) {
    MarksAnalyzer.check(query, reporter);
    aligned = List.copyOf(MarksAnalyzer.alignedStreams(query.root()).keySet());
    @Nullable StreamDeclaration target = query.target();
    return new QueryPlan(
        query.name(),
        query.place(),
        target == null ? null : current(target),
        complete(query.root()),
        query.showsReplaced(),
        query.text(),
        query.span());
  }

  private PlanNode complete(PlanNode node) {
    if (node instanceof ScanNode scan) {
      return new ScanNode(current(scan.stream()), scan.metadata(), scan.schema());
    }
    if (node instanceof SortNode sort && !RowOrder.of(sort.input(), this::order).needsSort()) {
      return complete(sort.input());
    }
    if (node instanceof LateRowsNode late) {
      return new LateRowsNode(late.number(), complete(late.rows()), late.schema());
    }
    if (node instanceof AlignNode align) {
      return aligned.isEmpty()
          ? complete(align.input())
          : new AlignNode(completeBelow(align.input()), align.stream(), align.marks(), aligned);
    }
    if (node instanceof LateIntoNode late) { // nothing above it finds rows late
      return complete(late.input());
    }
    boolean findsLate =
        node instanceof SortNode
            || node instanceof SequenceNode
            || node instanceof DelayNode
            || (node instanceof JoinNode join && !(join.method() instanceof JoinTable))
            || node instanceof AggregateNode;
    PlanNode completed =
        node.withInputs(
            node.inputs().stream()
                .map(input -> findsLate ? completeBelow(input) : complete(input))
                .toList());
    return completed instanceof JoinNode join && join.method() instanceof JoinWindows windows
        ? ofWindows(join, windows)
        : completed;
  }

  /** Rows that are joined as they come are not late. */
  private PlanNode ofWindows(JoinNode join, JoinWindows windows) {
    if (isSorted(join)) {
      return join.withMethod(windows.sorted(true));
    }
    List<PlanNode> sides = join.inputs().stream().map(LateIntoAnalyzer::withoutLate).toList();
    return ((JoinNode) join.withInputs(sides)).withMethod(windows.sorted(false));
  }

  /** Whether one of the inputs of a join has an order of times, so that it says when to go on. */
  private boolean isSorted(JoinNode join) {
    return join.inputs().stream().anyMatch(input -> RowOrder.of(input, this::order).isDeclared());
  }

  private PlanNode completeBelow(PlanNode input) {
    return input instanceof LateIntoNode late
        ? late.withInputs(List.of(completeBelow(late.input())))
        : complete(input);
  }

  /**
   * Leaves late rows of sources out for which nothing is late, because nothing waits for them.
   * Reports a LATE INTO that has no others.
   */
  private List<QueryPlan> withoutUnfound(List<QueryPlan> queries) {
    List<QueryPlan> found = new ArrayList<>();
    List<QueryPlan> unfound = new ArrayList<>();
    for (QueryPlan query : queries) {
      LateRowsNode late = lateRows(query.root());
      boolean isFound =
          late == null || queries.stream().anyMatch(it -> finds(it.root(), late.number()));
      (isFound ? found : unfound).add(query);
    }
    for (QueryPlan query : unfound) {
      boolean isPartOfOne =
          found.stream()
              .anyMatch(it -> lateRows(it.root()) != null && it.span().equals(query.span()));
      if (!isPartOfOne) {
        reporter.error(
            "bad-late-into",
            query.span(),
            "no row is late here: the rows are taken in the order in which they come",
            "declare a WATERMARK for the stream that is read");
      }
    }
    return found;
  }

  private static @Nullable LateRowsNode lateRows(PlanNode node) {
    if (node instanceof LateRowsNode late) {
      return late;
    }
    return node instanceof ProjectNode || node instanceof FilterNode
        ? lateRows(node.inputs().get(0))
        : null;
  }

  /** The order of a stream's rows: that of the queries that feed it, else as it declares. */
  private RowOrder order(StreamDeclaration stream) {
    RowOrder known = orders.get(key(stream));
    if (known != null) {
      return known;
    }
    RowOrder order = RowOrder.declared(stream.time());
    List<QueryPlan> queries = feeders.getOrDefault(key(stream), List.of());
    boolean isUndeclared =
        stream.time() instanceof TimeAttribute.Undeclared
            || stream.time() instanceof TimeAttribute.Derived;
    if (!queries.isEmpty() && isUndeclared) {
      order =
          RowOrder.merged(queries.stream().map(q -> RowOrder.of(q.root(), this::order)).toList());
    }
    orders.put(key(stream), order);
    return order;
  }

  /** The shortest time-out of what the queries that feed a stream read; 0 if none has one. */
  private long idleMillis(StreamDeclaration stream) {
    List<QueryPlan> queries = feeders.getOrDefault(key(stream), List.of());
    if (queries.isEmpty()) {
      return stream.idleMillis();
    }
    return queries.stream()
        .flatMap(query -> sources(query).stream())
        .mapToLong(this::idleMillis)
        .filter(millis -> millis > 0)
        .min()
        .orElse(0);
  }

  /** Reports each query that reads, however indirectly, what it writes. */
  private boolean hasCycle() {
    Set<String> finished = new HashSet<>();
    boolean found = false;
    for (StreamDeclaration stream : script.streams()) {
      found |= visit(stream, new ArrayList<>(), finished);
    }
    return found;
  }

  private boolean visit(StreamDeclaration stream, List<String> path, Set<String> finished) {
    String name = stream.name();
    if (finished.contains(key(stream))) {
      return false;
    }
    path.add(name);
    boolean found = false;
    for (QueryPlan query : feeders.getOrDefault(key(stream), List.of())) {
      for (StreamDeclaration source : sources(query)) {
        int start = path.indexOf(source.name());
        if (start >= 0) {
          report(query, path.subList(start, path.size()));
          found = true;
        } else {
          found |= visit(source, path, finished);
        }
      }
    }
    path.remove(path.size() - 1);
    finished.add(key(stream));
    return found;
  }

  private void report(QueryPlan query, List<String> cycle) {
    List<String> names = new ArrayList<>(cycle);
    names.add(cycle.get(0));
    Collections.reverse(names);
    reporter.error(
        "cycle",
        query.span(),
        "the query feeds what it reads itself: " + String.join(" -> ", names),
        "write into another stream");
  }

  /** What a query reads; late rows are found by a query that reads what that one does. */
  private List<StreamDeclaration> sources(QueryPlan query) {
    LateRowsNode late = lateRows(query.root());
    List<StreamDeclaration> sources = new ArrayList<>();
    for (QueryPlan finder : script.queries()) {
      boolean isFinder = late != null && finds(finder.root(), late.number());
      if (isFinder || finder.place() == query.place()) {
        sources(finder.root(), sources);
      }
    }
    return sources;
  }

  private static boolean finds(PlanNode node, int number) {
    return (node instanceof LateIntoNode late && late.number() == number)
        || node.inputs().stream().anyMatch(input -> finds(input, number));
  }

  private static List<StreamDeclaration> sources(PlanNode node, List<StreamDeclaration> into) {
    if (node instanceof ScanNode scan) {
      into.add(scan.stream());
    }
    node.inputs().forEach(input -> sources(input, into));
    return into;
  }
}
