package io.millrace.compiler.graph;

import io.millrace.language.plan.AggregateNode;
import io.millrace.language.plan.OverNode;
import io.millrace.language.plan.PlanNode;
import io.millrace.language.plan.QueryPlan;
import io.millrace.language.plan.RankNode;
import io.millrace.language.plan.ScanNode;
import io.millrace.language.plan.ScriptPlan;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.retime.RetimeSpec;
import io.millrace.operators.sort.SortLimit;
import io.millrace.operators.table.TableSpec;
import io.millrace.operators.union.UnionSpec;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds the operator graph of a script. A stream is a node: its entry, or what the queries that
 * feed it have in common; it is built when it is first read or fed.
 */
public final class GraphBuilder {
  /** Stands for whatever the streams of other jobs begin with. */
  private static final String ELSEWHERE = "*";

  /** The origin of what time brings about where it is the clock, for all streams at once. */
  private static final String CLOCK = "@";

  private final KernelCompiler kernels;
  private final Set<String> existing;
  private final StateIdentities identities;
  private StateLifetimes lifetimes = StateLifetimes.FOR_EVER;
  private SortLimit sortLimit = SortLimit.NONE;
  private JoinSettings joins = JoinSettings.DEFAULT;
  private final List<GraphNode> nodes = new ArrayList<>();

  /** For each node the entries from which its rows may come. */
  private final List<Set<String>> origins = new ArrayList<>();

  /** The entries whose rows may stay away without holding the watermark back. */
  private final Set<String> mayBeIdle = new HashSet<>();

  /** Entries whose rows may have the times of their arrival, so that the clock moves them. */
  private final Set<String> arriving = new HashSet<>();

  private final ClockWaits clock = new ClockWaits();

  /** The streams that have a time clause and are fed with rows that waited for the clock. */
  private final List<StreamDeclaration> waitingForClock = new ArrayList<>();

  private final Map<String, Integer> streams = new HashMap<>();
  private final Set<String> constants = new HashSet<>();
  private final Map<Integer, Integer> queries = new HashMap<>();
  private final LateSteps late = new LateSteps();
  private final Map<String, List<QueryPlan>> feeding = new LinkedHashMap<>();
  private final Map<String, Set<Field>> metadata = new HashMap<>();

  /**
   * @param existing names of streams of other jobs, in lower case
   * @param identities of the script that is built
   */
  public GraphBuilder(KernelCompiler kernels, Set<String> existing, StateIdentities identities) {
    this.kernels = kernels;
    this.existing = Set.copyOf(existing);
    this.identities = identities;
  }

  /** The name of the entry for the rows of INSERT VALUES into a stream that queries feed. */
  public static String valuesOf(String stream) {
    return stream + "#values";
  }

  /** The graph of all queries of a script. */
  public OperatorGraph build(ScriptPlan script) {
    lifetimes = StateLifetimes.of(script);
    sortLimit = RowLimits.ofSort(script);
    joins = JoinSettings.of(script);
    late.announce(script);
    for (QueryPlan query : script.queries()) {
      noteMetadata(query.root());
      StreamDeclaration target = query.target();
      if (target != null) {
        feeding.computeIfAbsent(key(target), k -> new ArrayList<>()).add(query);
      }
    }
    script.constants().forEach(rows -> constants.add(key(rows.target())));
    Set<String> done = new HashSet<>();
    for (StreamDeclaration stream : script.streams()) {
      if (!stream.isDerived()) {
        exit(stream.name(), stream(stream));
        done.add(key(stream));
      }
    }
    for (QueryPlan query : script.queries()) {
      StreamDeclaration target = query.target();
      if (query.holdsWindow()) {
        query(query);
      } else if (target == null) {
        exit(query.name(), query(query));
      } else if (target.rollup() != null) {
        query(query);
      } else if (done.add(key(target))) {
        exit(target.name(), stream(target));
      }
    }
    return new OperatorGraph(nodes);
  }

  /**
   * The streams with a time clause of the graph that was built that are fed with rows which waited
   * for the clock: what reads them would depend on how rows come in batches.
   */
  public List<StreamDeclaration> waitingForClock() {
    return List.copyOf(waitingForClock);
  }

  private void noteMetadata(PlanNode node) {
    if (node instanceof ScanNode scan) {
      metadata
          .computeIfAbsent(key(scan.stream()), k -> new LinkedHashSet<>())
          .addAll(scan.metadata());
    }
    node.inputs().forEach(this::noteMetadata);
  }

  /** The node whose rows are those of a stream. */
  int stream(StreamDeclaration stream) {
    Integer known = streams.get(key(stream));
    if (known != null) {
      return known;
    }
    boolean isEntry = existing.contains(key(stream)) || !stream.isDerived();
    int node = isEntry ? entry(stream) : retimed(stream, fed(stream));
    if (stream.isTable() && !existing.contains(key(stream))) {
      node =
          step(
              new TableSpec(
                  stream.name(),
                  schemaOf(stream),
                  stream.keyColumns(),
                  lifetimes.of(stream, isOfRanking(stream)),
                  stream.rowKinds().isPresent()),
              List.of(node),
              0,
              stream.name(),
              identities.table(stream));
    }
    streams.put(key(stream), node);
    return node;
  }

  /**
   * Whether a table has what one ranking sends and nothing else, or what a query makes of such a
   * table.
   */
  private boolean isOfRanking(StreamDeclaration table) {
    QueryPlan query = onlyQuery(table);
    return query != null && isRanking(query.root());
  }

  /** Whether what a plan gives goes when a ranking, or what one made, lets it go. */
  boolean isRanking(PlanNode node) {
    if (node instanceof ScanNode scan) {
      StreamDeclaration source = scan.stream();
      return source.isTable() && lifetimes.of(source, true) == 0 && isOfRanking(source);
    }
    return node instanceof RankNode
        || node instanceof OverNode
        || ((!(node instanceof AggregateNode groups)
                || (groups.isOfTable() && groups.isChangelog()))
            && !node.inputs().isEmpty()
            && node.inputs().stream().allMatch(this::isRanking));
  }

  /** The query that alone feeds a stream; null if there are several, or rows of the script. */
  private @Nullable QueryPlan onlyQuery(StreamDeclaration stream) {
    List<QueryPlan> all = feeding.getOrDefault(key(stream), List.of());
    return all.size() == 1 && !constants.contains(key(stream)) ? all.get(0) : null;
  }

  private int entry(StreamDeclaration stream) {
    Set<String> from = Set.of(existing.contains(key(stream)) ? ELSEWHERE : key(stream));
    if (stream.idleMillis() > 0) {
      mayBeIdle.addAll(from);
    }
    boolean hasTimes =
        stream.time() instanceof TimeAttribute.Column
            || stream.time() instanceof TimeAttribute.Watermark;
    if (!hasTimes) {
      clock.arrives(nodes.size());
    }
    if (!hasTimes && !existing.contains(key(stream))) {
      arriving.add(key(stream));
    }
    return add(new GraphNode.Entry(nodes.size(), stream.name(), schemaOf(stream)), from);
  }

  /** The columns of a stream, with the pseudo-columns that queries of this script read. */
  Schema schemaOf(StreamDeclaration stream) {
    List<Field> fields = new ArrayList<>(stream.schema().fields());
    fields.addAll(metadata.getOrDefault(key(stream), Set.of()));
    return new Schema(fields);
  }

  /** Rows that queries feed, with the times that the stream says they have. */
  private int retimed(StreamDeclaration stream, int fed) {
    Optional<RetimeSpec> spec = Retimes.of(stream);
    if (spec.isEmpty()) {
      return fed;
    }
    if (clock.isWaiting(fed)) {
      waitingForClock.add(stream);
    }
    return step(spec.get(), List.of(fed), 0, stream.name(), identities.retimed(stream));
  }

  private int fed(StreamDeclaration stream) {
    List<Integer> inputs = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    if (constants.contains(key(stream))) {
      inputs.add(
          add(
              new GraphNode.Entry(nodes.size(), valuesOf(stream.name()), stream.schema()),
              Set.of(valuesOf(key(stream)))));
      places.add(0);
    }
    for (QueryPlan query : feeding.getOrDefault(key(stream), List.of())) {
      inputs.add(query(query));
      places.add(query.place());
    }
    if (inputs.size() == 1 && nodes.get(inputs.get(0)).schema().equals(stream.schema())) {
      return inputs.get(0);
    }
    return union(
        inputs,
        places,
        stream.schema(),
        new QueryOf(0, stream.name()),
        () -> identities.union(stream));
  }

  /** The node that gives the rows of a query, which is built once. */
  private int query(QueryPlan query) {
    Integer known = queries.get(query.place());
    if (known != null) {
      return known;
    }
    StreamDeclaration target = query.target();
    boolean isTableOfItsOwn = target != null && target.isTable() && onlyQuery(target) != null;
    int node = new QueryGraph(this, kernels, query, identities).build(isTableOfItsOwn);
    queries.put(query.place(), node);
    return node;
  }

  /** The operators that find rows late, of the queries that have been built. */
  LateSteps late() {
    return late;
  }

  /** The operators that find the late rows of a source. */
  List<LateSteps.LateStep> lateSteps(int number) {
    query(late.finder(number));
    return late.of(number);
  }

  /**
   * The node that gives the rows that come too late for a step by one of its inputs. All who want
   * them read the same; how late a row was is a number of milliseconds for all of them, whether
   * they take it as an INTERVAL or as a BIGINT.
   */
  int lateRows(int step, int input, Field lateBy) {
    for (GraphNode node : nodes) {
      if (node instanceof GraphNode.Late late && late.step() == step && late.input() == input) {
        return late.id();
      }
    }
    Schema columns = schema(nodes.get(step).inputs().get(input));
    return add(
        GraphNode.Late.of(nodes.size(), (GraphNode.Step) nodes.get(step), input, columns, lateBy),
        origins.get(step));
  }

  /** How long what the operators of queries keep lives. */
  long lifetimeMillis() {
    return lifetimes.ofQueries();
  }

  JoinSettings joins() {
    return joins;
  }

  /** How many rows what puts rows in order may hold. */
  SortLimit sortLimit() {
    return sortLimit;
  }

  /**
   * What brings the rows of several nodes together.
   *
   * @param places see {@link UnionSpec}
   * @param identity names its state, which it has if it leaves idle inputs out: if one of the
   *     entries that the rows come from may be idle, and there are others
   */
  int union(
      List<Integer> inputs,
      List<Integer> places,
      Schema schema,
      QueryOf of,
      Supplier<String> identity) {
    boolean leavesOutIdle = leavesOutIdle(inputs);
    return step(
        new UnionSpec(schema, places, mayMeet(inputs), leavesOutIdle),
        inputs,
        of.place,
        of.name,
        leavesOutIdle ? identity.get() : "");
  }

  /** Whether what brings nodes together need not wait for all of them: see {@link #union}. */
  boolean leavesOutIdle(List<Integer> inputs) {
    Set<String> from = originsOf(inputs);
    from.remove(CLOCK);
    return inputs.size() > 1
        && (from.size() > 1 || from.contains(ELSEWHERE))
        && from.stream().anyMatch(mayBeIdle::contains);
  }

  /** Whether one of the entries that the rows of a node come from may be idle. */
  boolean mayBeIdle(int node) {
    return origins.get(node).stream().anyMatch(mayBeIdle::contains);
  }

  /** The query, or the stream, that a node belongs to: see {@link GraphNode.Step}. */
  record QueryOf(int place, String name) {}

  /**
   * Whether a row of one entry may come by, or set free, rows of more than one of the inputs: what
   * waits for marks has the entries of those that give them among its own. So may a step of the
   * clock: it sets free what streams hold whose rows have the times of their arrival. What comes
   * from elsewhere may be such a stream.
   */
  private boolean mayMeet(List<Integer> inputs) {
    Set<String> seen = new HashSet<>();
    for (int input : inputs) {
      for (String origin : origins.get(input)) {
        if (!seen.add(origin)) {
          return true;
        }
      }
    }
    return clocked(inputs) > 1;
  }

  /** How many of some nodes may give rows when the clock goes on, one of them here. */
  private int clocked(List<Integer> inputs) {
    int count = 0;
    boolean any = false;
    for (int input : inputs) {
      boolean isClocked = origins.get(input).contains(CLOCK);
      any |= isClocked;
      count += isClocked || origins.get(input).contains(ELSEWHERE) ? 1 : 0;
    }
    return any ? count : 0;
  }

  int step(OperatorSpec spec, List<Integer> inputs, int place, String query, String identity) {
    Set<String> from = originsOf(inputs);
    boolean holdsRows = spec.isTimeDriven() && !(spec instanceof UnionSpec);
    if (holdsRows && from.stream().anyMatch(arriving::contains)) {
      from.add(CLOCK);
    }
    return add(new GraphNode.Step(nodes.size(), spec, inputs, place, query, identity), from);
  }

  private Set<String> originsOf(List<Integer> inputs) {
    Set<String> from = new HashSet<>();
    inputs.forEach(input -> from.addAll(origins.get(input)));
    return from;
  }

  private void exit(String stream, int input) {
    add(
        new GraphNode.Exit(nodes.size(), stream, input, nodes.get(input).schema()),
        origins.get(input));
  }

  private int add(GraphNode node, Set<String> from) {
    nodes.add(node);
    origins.add(from);
    clock.add(node);
    return node.id();
  }

  Schema schema(int node) {
    return nodes.get(node).schema();
  }

  private static String key(StreamDeclaration stream) {
    return stream.name().toLowerCase(Locale.ROOT);
  }
}
