package io.millrace.runtime.circuit;

import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.kernel.KernelLoader;
import io.millrace.runtime.rescale.StateInventory;
import io.millrace.spi.data.Batch;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.operator.Operator;
import io.millrace.spi.operator.OperatorContext;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateContext;
import io.millrace.spi.time.FollowingTimeline;
import io.millrace.spi.time.HeldTimeline;
import io.millrace.spi.time.LaggingTimeline;
import io.millrace.spi.time.MergedTimeline;
import io.millrace.spi.time.Moments;
import io.millrace.spi.time.OriginTimeline;
import io.millrace.spi.time.RetimedTimeline;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.TimeDomain;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A running operator with its state, its inputs and the timelines between them. */
final class OperatorStation extends Station implements OperatorContext {
  private final GraphNode.Step node;
  private final long sequence;
  private final Environment environment;
  private final Surroundings surroundings;
  private Operator operator;
  private StateInventory state;
  private final List<Station> inputs;
  private final List<Edge> edges = new ArrayList<>();
  private final @Nullable MergedTimeline merged;
  private final Timeline input;
  private final Timeline output;
  private final Rows rows;
  private final Arrival arrival;

  /** What it passes on, if it says that itself. */
  private final @Nullable HeldTimeline holding;

  /** What it passes on, if that follows the other inputs. */
  private final @Nullable FollowingTimeline following;

  /** What it passes on, if it gives its rows their times. */
  private final @Nullable RetimedTimeline retimed;

  /** By input what takes its late rows, if anything does. */
  private final @Nullable LateStation[] late;

  private long lateRows;

  /** The watermark that it does not fall behind, less {@code NEVER}, so that it begins with 0. */
  private @Nullable LongValue reached;

  /**
   * What all operators of a job run with.
   *
   * @param backends gives an empty state back end of the job's kind
   * @param batchSize how many rows they put into a batch
   * @param moments of the turns of the circuit
   */
  record Environment(
      KernelLoader loader,
      Supplier<StateBackend> backends,
      EvaluationContext evaluation,
      int batchSize,
      Moments moments) {}

  /**
   * What one operator runs with.
   *
   * @param listener is told of late and failed rows
   * @param failures takes what its consumers throw
   * @param ranksRows whether what it sends is merged with what others of its kind send
   */
  record Surroundings(
      Environment environment, JobListener listener, TurnFailures failures, boolean ranksRows) {}

  OperatorStation(
      GraphNode.Step node,
      long sequence,
      List<Station> inputs,
      Rows rows,
      Surroundings surroundings) {
    super(surroundings.failures());
    this.node = node;
    this.sequence = sequence;
    this.inputs = List.copyOf(inputs);
    this.late = new LateStation[inputs.size()];
    this.surroundings = surroundings;
    this.environment = surroundings.environment;
    this.merged =
        inputs.size() > 1
            ? new MergedTimeline(
                inputs.size(),
                inputs.get(0).timeline(),
                node.spec().leavesOutIdle(),
                node.spec()::countsTimeOf)
            : null;
    this.input = merged != null ? merged : inputs.get(0).timeline();
    this.holding = holdingTimeline();
    long lag = node.spec().lagMillis();
    this.following =
        merged != null && node.spec().followsOthers()
            ? new FollowingTimeline(inputs.get(0).timeline(), merged, lag)
            : null;
    this.retimed = retimedTimeline();
    Timeline counted = beginsMoments() ? new OriginTimeline(input) : input;
    Timeline passed = lag == 0 ? counted : new LaggingTimeline(counted, lag);
    Timeline derived = following != null ? following : retimed;
    this.output = holding != null ? holding : derived != null ? derived : passed;
    this.rows = rows;
    Arrival ofInputs = Arrival.of(sentFrom());
    this.arrival = retimed == null ? ofInputs : ofInputs.withTimes();
    this.state = new StateInventory(environment.backends.get());
    this.operator = node.spec().create(environment.loader);
    this.reached = open(operator, this);
    for (int i = 0; i < inputs.size(); i++) {
      edges.add(new Edge(i));
    }
    takeTime();
  }

  /** The inputs whose order is that of what it sends. */
  private List<Station> sentFrom() {
    OptionalInt answered = node.spec().answers();
    return answered.isPresent() ? List.of(inputs.get(answered.getAsInt())) : inputs;
  }

  @Override
  List<SourcePartition> lanes() {
    return rows.lanes();
  }

  @Override
  boolean isByTime() {
    return rows.isByTime();
  }

  /** What moves the time of rows that have been given times is one part more. */
  @Override
  int momentParts() {
    int ofInputs = inputs.stream().mapToInt(Station::momentParts).max().orElse(1);
    return retimed != null && rows.isByTime() ? ofInputs + 1 : ofInputs;
  }

  /**
   * Whether it sends rows of its own at times of a watermark that does not follow from that of the
   * sources: so the moments of these are counted in that time.
   */
  private boolean beginsMoments() {
    return CircuitBuilder.sendsItsOwnByTime(node.spec())
        && inputs.stream().anyMatch(it -> !it.timeline().isCounted());
  }

  @Override
  Arrival arrival() {
    return arrival;
  }

  @Override
  public boolean isOrderOpen() {
    return arrival.isOpen();
  }

  @Override
  List<Station> above() {
    return inputs;
  }

  @Override
  public int[] lanesOf(int input) {
    if (retimed != null) {
      return inputs.get(input).lanes().stream().mapToInt(SourcePartition::number).toArray();
    }
    return lanes().isEmpty()
        ? new int[] {0}
        : inputs.get(input).lanes().stream()
            .mapToInt(lane -> Math.min(lanes().indexOf(lane), Batch.MAX_LANE))
            .toArray();
  }

  @Override
  public long lagOfMoments(int lane) {
    List<SourcePartition> known = inputs.get(0).lanes();
    return known.isEmpty() ? 0 : known.get(Math.min(lane, known.size() - 1)).lagMillis();
  }

  private @Nullable RetimedTimeline retimedTimeline() {
    Slack slack = node.spec().retimes().orElse(null);
    if (slack == null) {
      return null;
    }
    Station from = inputs.get(0);
    RetimedPartitions partitions = new RetimedPartitions(from);
    return new RetimedTimeline(
        from.timeline(),
        slack,
        partitions.count(),
        partitions::isIdle,
        partitions::isEnded,
        from.isByTime() ? environment.moments : Moments.NONE,
        from.momentParts());
  }

  private @Nullable HeldTimeline holdingTimeline() {
    return node.spec().holdsTime()
        ? new HeldTimeline(input, inputs.stream().map(Station::timeline).toList())
        : null;
  }

  /**
   * Opens an operator, and what its watermark is kept in if that does not follow from those of its
   * inputs.
   */
  private @Nullable LongValue open(Operator opened, OperatorContext context) {
    opened.open(context);
    return node.spec().leavesOutIdle() ? context.state().longValue("reached") : null;
  }

  /** Begins anew, as if it had never had a row. */
  void reset() {
    StateBackend before = state.backend();
    state = new StateInventory(environment.backends.get());
    before.close();
    operator = node.spec().create(environment.loader);
    reached = open(operator, this);
    for (LateStation taker : late) {
      if (taker != null) {
        taker.forgetDispatch();
      }
    }
  }

  /**
   * Has the late rows of an input go on, before the first turn.
   *
   * @param schema the columns of the input, then how late a row was
   * @param lanesOfLate those of the input
   */
  LateStation openLate(int of, Schema schema, List<SourcePartition> lanesOfLate) {
    LateStation taker =
        new LateStation(this, schema, input, lanesOfLate, arrival, surroundings.failures);
    late[of] = taker;
    return taker;
  }

  @Override
  List<Station> further() {
    return Arrays.stream(late).filter(Objects::nonNull).map(Station.class::cast).toList();
  }

  /** Gives back what its state holds outside of the heap; it is not used any more. */
  void close() {
    state.backend().close();
  }

  /** Begins to take the rows of its inputs. */
  void connect() {
    for (int i = 0; i < edges.size(); i++) {
      inputs.get(i).connect(edges.get(i));
    }
  }

  void disconnect() {
    for (int i = 0; i < edges.size(); i++) {
      inputs.get(i).disconnect(edges.get(i));
    }
  }

  /** Its rank in the order in which stations were added, which is a topological one. */
  long sequence() {
    return sequence;
  }

  GraphNode.Step node() {
    return node;
  }

  Operator operator() {
    return operator;
  }

  StateBackend backend() {
    return state.backend();
  }

  /** Its states, one by one. */
  StateInventory inventory() {
    return state;
  }

  /** State as the operator declares it, of which no running operator knows. */
  StateInventory emptyState() {
    StateInventory empty = new StateInventory(environment.backends.get());
    Timeline detached = holdingTimeline();
    if (retimed != null) {
      detached = retimedTimeline();
    }
    open(
        node.spec().create(environment.loader),
        new DetachedContext(
            empty,
            environment.batchSize,
            detached != null ? detached : output,
            environment.evaluation));
    return empty;
  }

  /** What an operator is opened with that only has to say what state it has. */
  private record DetachedContext(
      StateContext state, int batchSize, Timeline outputTimeline, EvaluationContext evaluation)
      implements OperatorContext {}

  /** How many rows came too late for it since the start. */
  long lateRows() {
    return lateRows;
  }

  boolean hasState() {
    return !node.identity().isEmpty();
  }

  boolean isTimeDriven() {
    return node.spec().isTimeDriven();
  }

  /** Whether it must be told of the beginning and the end of each turn. */
  boolean takesPartInTurns() {
    return merged != null || retimed != null;
  }

  /** Begins a turn in which rows and time come by some inputs only. */
  void beginTurn(Set<Station> active) {
    if (merged != null) {
      List<@Nullable Timeline> timelines = new ArrayList<>();
      for (Station station : inputs) {
        timelines.add(active.contains(station) ? station.timeline() : null);
      }
      merged.begin(timelines);
    }
    if (holding != null) {
      holding.begin(active.contains(inputs.get(0)));
    }
    if (following != null) {
      following.begin(active.contains(inputs.get(0)));
    }
    if (retimed != null) {
      retimed.begin();
    }
  }

  /** Takes the watermarks that the inputs have reached over: at the start, and when restored. */
  void takeTime() {
    if (retimed != null) {
      retimed.restore();
    }
    if (merged != null) {
      LongValue saved = reached;
      merged.restore(saved == null ? Timeline.NEVER : saved.get() ^ Timeline.NEVER);
      merged.begin(inputs.stream().map(Station::timeline).toList());
      if (holding != null) {
        holding.begin(false);
      }
      if (following != null) {
        following.begin(false);
      }
      endTurn();
    }
  }

  void endTurn() {
    if (merged != null) {
      merged.end();
      LongValue kept = reached;
      if (kept != null) {
        kept.set(merged.reached() ^ Timeline.NEVER);
      }
    }
    if (holding != null) {
      holding.end();
    }
    if (retimed != null) {
      retimed.end();
    }
  }

  /** Takes the progress of time at the end of a turn. */
  void onTime() {
    try {
      boolean more = true;
      while (more) {
        more = operator.onTime(TimeDomain.EVENT, input, this);
      }
    } finally {
      flushLate();
    }
  }

  @Override
  Timeline timeline() {
    return output;
  }

  private void flushLate() {
    for (LateStation taker : late) {
      if (taker != null) {
        taker.flush();
      }
    }
  }

  @Override
  public void late(Batch batch, int row) {
    late(0, batch, row);
  }

  @Override
  public void late(int of, Batch batch, int row) {
    lateRows++;
    surroundings.listener.late(node.query(), batch, row);
    LateStation taker = late[of];
    if (taker != null) {
      taker.add(batch, row);
    }
  }

  @Override
  public void fail(Batch batch, int row, String error) {
    surroundings.listener.failed(node.query(), batch, row, error);
  }

  @Override
  public StateContext state() {
    return state;
  }

  @Override
  public int batchSize() {
    return environment.batchSize;
  }

  @Override
  public boolean ranksRows() {
    return surroundings.ranksRows;
  }

  @Override
  public Timeline outputTimeline() {
    return output;
  }

  @Override
  public EvaluationContext evaluation() {
    return environment.evaluation;
  }

  /** One input of the operator. */
  private final class Edge implements Consumer {
    private final int index;

    Edge(int index) {
      this.index = index;
    }

    @Override
    public void take(Batch batch) {
      try {
        operator.process(index, batch, OperatorStation.this);
      } finally { // what was late before it failed has been told
        flushLate();
      }
    }

    @Override
    public OperatorStation station() {
      return OperatorStation.this;
    }
  }
}
