package io.millrace.runtime.circuit;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.graph.SectionPlan;
import io.millrace.operators.graph.SectionPlanner;
import io.millrace.operators.graph.Sections;
import io.millrace.runtime.circuit.Station.SourcePartition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes running operators of a job's graph. */
final class CircuitBuilder {
  private final Circuit circuit;
  private final CircuitJob job;
  private final OperatorGraph graph;
  private final Map<String, Circuit.EntrySpec> times;
  private final OperatorStation.Environment environment;
  private final JobListener listener;

  /** By node; null for one that runs in tasks only. */
  private final List<@Nullable Station> stations = new ArrayList<>();

  private final Map<Integer, Section> sectionByOutput = new HashMap<>();

  /** By node, those that are known. */
  private final Map<Integer, List<SourcePartition>> lanes = new HashMap<>();

  /** By node whether rows may have been sent because time went on, as far as that is known. */
  private final Map<Integer, Boolean> byTime = new HashMap<>();

  CircuitBuilder(
      Circuit circuit,
      CircuitJob job,
      OperatorGraph graph,
      Map<String, Circuit.EntrySpec> times,
      OperatorStation.Environment environment,
      JobListener listener) {
    this.circuit = circuit;
    this.job = job;
    this.graph = graph;
    this.times = times;
    this.environment = environment;
    this.listener = listener;
  }

  void build(int parallelism) {
    Sections sections =
        parallelism == 1 ? Sections.none(graph) : SectionPlanner.plan(graph, this::mayBeSpread);
    for (GraphNode node : graph.nodes()) {
      stations.add(station(node, sections, parallelism));
    }
    job.connect();
  }

  /** The streams of other jobs' queries are not spread: their rows come at any time of a turn. */
  private boolean mayBeSpread(GraphNode.Entry entry) {
    Station known = circuit.findStation(entry.stream());
    return known == null || known instanceof EntryPort;
  }

  private @Nullable Station station(GraphNode node, Sections sections, int parallelism) {
    if (node instanceof GraphNode.Entry entry) {
      Station entered = enter(entry);
      for (SectionPlan plan : sections.sections()) {
        if (plan.entry() == entry.id()) {
          addSection(plan, (EntryPort) entered, parallelism);
        }
      }
      return entered;
    }
    if (node instanceof GraphNode.Exit exit) {
      Station from = required(exit.input());
      job.addExit(exit.stream(), from);
      return from;
    }
    return node instanceof GraphNode.Late late ? late(late) : step((GraphNode.Step) node, sections);
  }

  private Station late(GraphNode.Late late) {
    Section section = sectionByOutput.get(late.id());
    GraphNode.Step step = (GraphNode.Step) graph.nodes().get(late.step());
    return section == null
        ? ((OperatorStation) required(late.step()))
            .openLate(late.input(), late.schema(), lanes(late.id()))
        : add(gather(late, step, section), List.of(section.port()));
  }

  private @Nullable Station step(GraphNode.Step step, Sections sections) {
    Section section = sectionByOutput.get(step.id());
    if (section != null) {
      return isRead(step, sections)
          ? add(gather(step, step, section), List.of(section.port()))
          : null;
    }
    return sections.outside().contains(step.id())
        ? add(step, step.inputs().stream().map(this::required).toList())
        : null;
  }

  /** Whether the rows of a step are needed outside of sections. */
  private boolean isRead(GraphNode.Step step, Sections sections) {
    return graph.nodes().stream()
        .anyMatch(
            it ->
                it.inputs().contains(step.id())
                    && !(it instanceof GraphNode.Late)
                    && sections.outside().contains(it.id()));
  }

  private Station add(GraphNode.Step step, List<Station> inputs) {
    if (step.spec().holdsTime()) {
      step.inputs().forEach(input -> requireOnePartition(step, input));
    }
    OperatorStation station =
        circuit.station(
            step, inputs, rows(step.id()), environment, listener, circuit.failures(), false);
    job.add(station);
    return station;
  }

  private Station.Rows rows(int id) {
    return new Station.Rows(lanes(id), isByTime(id));
  }

  /** See {@link Station#isByTime}. */
  private boolean isByTime(int id) {
    Boolean known = byTime.get(id);
    if (known == null) {
      known = findByTime(graph.nodes().get(id));
      byTime.put(id, known);
    }
    return known;
  }

  private boolean findByTime(GraphNode node) {
    if (node instanceof GraphNode.Entry entry) {
      return enter(entry).isByTime();
    }
    if (node instanceof GraphNode.Late late) {
      return isByTime(late.step());
    }
    boolean isOfTime =
        node instanceof GraphNode.Step step
            && step.spec().sendsByTime()
            && step.spec().retimes().isEmpty();
    return isOfTime || sentFrom(node).stream().anyMatch(this::isByTime);
  }

  /** The inputs of a node whose order is that of what it sends. */
  private static List<Integer> sentFrom(GraphNode node) {
    return node instanceof GraphNode.Step step && step.spec().answers().isPresent()
        ? List.of(node.inputs().get(step.spec().answers().getAsInt()))
        : node.inputs();
  }

  /** See {@link Station#lanes}: of what runs in tasks as of what does not. */
  private List<SourcePartition> lanes(int id) {
    List<SourcePartition> known = lanes.get(id);
    if (known == null) {
      known = findLanes(graph.nodes().get(id));
      lanes.put(id, known);
    }
    return known;
  }

  /** Rows of several source partitions that wait for a time go on as those of one, in order. */
  private List<SourcePartition> findLanes(GraphNode node) {
    if (node instanceof GraphNode.Entry entry) {
      return enter(entry).lanes();
    }
    if (node instanceof GraphNode.Late late) {
      return lanes(graph.nodes().get(late.step()).inputs().get(late.input()));
    }
    List<SourcePartition> ofInputs = lanesOfInputs(node);
    if (node instanceof GraphNode.Step step && step.spec().retimes().isPresent()) {
      return RetimedPartitions.lanes(ofInputs, isByTime(node.id()) ? Timeline.END : 0);
    }
    boolean isOfOne =
        node instanceof GraphNode.Step step
            && (sendsItsOwn(step.spec()) || (step.spec().sendsByTime() && ofInputs.size() > 1));
    return isOfOne && !ofInputs.isEmpty()
        ? List.of(
            new SourcePartition(new Object(), 0, lag(((GraphNode.Step) node).spec(), ofInputs)))
        : ofInputs;
  }

  private static boolean sendsItsOwn(OperatorSpec spec) {
    return spec.answers().isEmpty() && !(spec.overPartitions() instanceof Distribution.Rowwise);
  }

  /** Whether what an operator sends is due at times of its own watermark. */
  static boolean sendsItsOwnByTime(OperatorSpec spec) {
    return spec.isTimeDriven() && sendsItsOwn(spec) && spec.retimes().isEmpty();
  }

  /**
   * How far the time of the rows that an operator sends is behind that in which their moments are
   * counted. Where those of its input say nothing of its watermark, they are counted in this one
   * from here on.
   */
  private static long lag(OperatorSpec spec, List<SourcePartition> ofInputs) {
    if (spec.holdsTime()) {
      return Timeline.END;
    }
    long greatest = 0;
    for (SourcePartition input : ofInputs) {
      long lag = input.lagMillis();
      greatest = Math.max(greatest, lag == Timeline.END && sendsItsOwnByTime(spec) ? 0 : lag);
    }
    return spec.lagMillis() >= Timeline.END - greatest ? Timeline.END : spec.lagMillis() + greatest;
  }

  /** Those of the inputs that it sends rows of, in their order; none if one of them has none. */
  private List<SourcePartition> lanesOfInputs(GraphNode node) {
    Set<SourcePartition> all = new LinkedHashSet<>();
    for (int input : sentFrom(node)) {
      List<SourcePartition> more = lanes(input);
      if (more.isEmpty()) {
        return List.of();
      }
      all.addAll(more);
    }
    return List.copyOf(all);
  }

  /** What lies between the rows of one partition says nothing about those of another one. */
  private void requireOnePartition(GraphNode.Step step, int node) {
    if (stations.get(node) instanceof EntryPort entry && entry.partitionCount() > 1) {
      throw new MillraceException(
          "query '"
              + step.query()
              + "' aligns its inputs by their marks, and '"
              + entry.stream()
              + "' has "
              + entry.partitionCount()
              + " partitions: a mark in one says nothing about the rows of the others; read each"
              + " partition as a stream of its own, or leave WATERMARK ON out");
    }
    graph.nodes().get(node).inputs().forEach(input -> requireOnePartition(step, input));
  }

  /** The step that stands for a node that a step in tasks gives the rows of. */
  private static GraphNode.Step gather(GraphNode node, GraphNode.Step step, Section section) {
    int output = section.plan().outputs().indexOf(node.id());
    return new GraphNode.Step(
        node.id(),
        new GatherSpec(section, output, step.spec().describe(), node.schema()),
        List.of(section.plan().entry()),
        step.place(),
        step.query(),
        "");
  }

  private void addSection(SectionPlan plan, EntryPort port, int parallelism) {
    Section section =
        new Section(
            plan,
            graph,
            new Section.Source(port, handover(plan), environment.batchSize(), lanes(plan.source())),
            parallelism,
            listener,
            (step, inputs, reporter, failures) ->
                circuit.station(
                    step, inputs, rows(step.id()), environment, reporter, failures, true));
    job.add(section);
    plan.outputs().forEach(output -> sectionByOutput.put(output, section));
  }

  private @Nullable Handover handover(SectionPlan plan) {
    Section from = sectionByOutput.get(plan.from());
    return from == null ? null : new Handover(from, from.plan().outputs().indexOf(plan.from()));
  }

  private Station required(int node) {
    Station station = stations.get(node);
    if (station == null) {
      throw new IllegalStateException("node " + node + " runs in tasks only");
    }
    return station;
  }

  /** Where other parts send an entry's rows, as many as those have that leave this one. */
  private int lanesOfSender(GraphNode.Entry entry, Circuit.EntrySpec spec) {
    if (!spec.time().isTold()) {
      return 1;
    }
    return graph.nodes().stream()
        .filter(node -> node instanceof GraphNode.Exit exit && exit.stream().equals(entry.stream()))
        .findFirst()
        .map(exit -> lanes(exit.id()).size())
        .orElse(1);
  }

  private Station enter(GraphNode.Entry entry) {
    Station known = circuit.findStation(entry.stream());
    if (known != null) {
      return known;
    }
    Circuit.EntrySpec spec = times.get(entry.stream());
    if (spec == null) {
      throw new IllegalArgumentException("stream '" + entry.stream() + "' has no time");
    }
    EntryPort port = circuit.open(entry, spec, lanesOfSender(entry, spec));
    job.addEntry(port);
    return port;
  }
}
