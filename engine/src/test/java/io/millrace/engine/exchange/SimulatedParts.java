package io.millrace.engine.exchange;

import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.sort.SortSpec;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.circuit.Circuit.EntrySpec;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.EntryPort.EntryTime;
import io.millrace.runtime.circuit.JobListener;
import io.millrace.runtime.circuit.Turns;
import io.millrace.runtime.commit.JobImage;
import io.millrace.runtime.commit.JobRestore;
import io.millrace.runtime.source.Feed;
import io.millrace.runtime.source.RecordPolicy;
import io.millrace.runtime.source.RowTime;
import io.millrace.runtime.source.ShedPolicy;
import io.millrace.runtime.source.SourceRunner;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.RecordOrigin;
import io.millrace.spi.connector.RowWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.Column;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.option.Options;
import io.millrace.spi.time.Slack;
import io.millrace.spi.time.Timeline;
import io.millrace.spi.time.VirtualClock;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.heap.HeapStateBackend;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a job that give each other rows, which each puts in the order of their times. Each reads
 * a partition of names and times, and the records that others have committed for it. They go on,
 * commit and die when they are told to, so nothing depends on a clock.
 */
final class SimulatedParts {
  static final Schema NAMES = Schema.of(new Field("name", DataType.STRING));

  /** Partitions may be idle after that; the test says when they are. */
  static final EntryTime SILENT = EntryTime.event(Slack.NONE, 1_000);

  private static final String INPUT = "S";
  private static final String EXCHANGE = "X";
  private static final String OUTPUT = "Out";

  private final List<Part> parts;

  /** By receiver, what was committed, in the order of the commits. */
  private final List<List<Committed>> topic = new ArrayList<>();

  private final List<Integer> columns;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Committed(int sender, byte[] record) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record ToPart(int part, byte[] record) {}

  private record Row(long time, String name) {}

  /**
   * @param isSpread whether rows are spread by their names; else all come to the first part
   */
  SimulatedParts(int count, boolean isSpread) {
    columns = isSpread ? List.of(0) : List.of();
    IntStream.range(0, count).forEach(i -> topic.add(new ArrayList<>()));
    parts = IntStream.range(0, count).mapToObj(Part::new).toList();
  }

  Part part(int number) {
    return parts.get(number);
  }

  /** Lets all parts read and commit until there is nothing new. */
  void settle() {
    int before = -1;
    for (int now = committed(); now != before; now = committed()) {
      before = now;
      parts.forEach(Part::read);
      parts.forEach(Part::commit);
    }
  }

  private int committed() {
    return topic.stream().mapToInt(List::size).sum();
  }

  /** What has come out of all parts for good, and what was late. */
  List<String> told() {
    return parts.stream().flatMap(part -> part.told().stream()).sorted().toList();
  }

  static EvaluationContext evaluation() {
    return new EvaluationContext(new VirtualClock(0), ZoneOffset.UTC);
  }

  static Circuit circuit() {
    return new Circuit(new NoKernels(), HeapStateBackend::new, 16);
  }

  /** A turn of one row. */
  static void send(Circuit circuit, EntryPort port, int partition, long time, String name) {
    ObjectColumn column = new ObjectColumn(1);
    column.put(0, name);
    Batch batch = port.newBatch(new Column[] {column});
    circuit.turn(port, partition, batch.rows(1, new long[] {time}, null, null));
  }

  /** One of the parts, from process to process. */
  final class Part {
    private final int number;
    private final List<Row> input = new ArrayList<>();
    private final List<ToPart> sending = new ArrayList<>();
    private final List<String> telling = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private Circuit circuit = circuit();
    private CircuitJob job;
    private int taken;
    private Received received = new Received(-1);
    private SourceRunner runner;
    private ExchangeOutlet outlet;

    /** What was committed last. */
    private byte @Nullable [] image;

    private int takenByThen;
    private int receivedByThen = -1;

    private Part(int number) {
      this.number = number;
      job = open();
      runner = runner();
      outlet = outlet();
    }

    private CircuitJob open() {
      List<GraphNode> nodes = new ArrayList<>();
      nodes.add(new GraphNode.Entry(0, INPUT, NAMES));
      nodes.add(new GraphNode.Exit(1, EXCHANGE, 0, NAMES));
      nodes.add(new GraphNode.Entry(2, EXCHANGE, NAMES));
      nodes.add(new GraphNode.Step(3, new SortSpec(NAMES), List.of(2), 3, "q", "sort"));
      nodes.add(new GraphNode.Exit(4, OUTPUT, 3, NAMES));
      boolean isElsewhere = columns.isEmpty() && number > 0;
      EntryTime given = isElsewhere ? EntryTime.OVERHEARD : EntryTime.TOLD;
      CircuitJob opened =
          circuit.add(
              new OperatorGraph(nodes),
              Map.of(
                  INPUT,
                  new EntrySpec(SILENT, 1, true),
                  EXCHANGE,
                  new EntrySpec(given, topic.size(), true)),
              evaluation(),
              new Listener(exit -> batch -> take(exit, batch), telling),
              1);
      opened.listen(EXCHANGE);
      opened.listen(OUTPUT);
      return opened;
    }

    private void take(String exit, Batch batch) {
      if (exit.equals(EXCHANGE)) {
        outlet.accept(batch);
      } else {
        Listener.write("", batch, telling);
      }
    }

    private ExchangeOutlet outlet() {
      ExchangeOutlet opened = new ExchangeOutlet(NAMES, columns, topic.size(), true);
      opened.open((to, record) -> sending.add(new ToPart(to, record)), port(EXCHANGE)::echoed);
      return opened;
    }

    private EntryPort port(String stream) {
      return job.findEntry(stream).orElseThrow();
    }

    private SourceRunner runner() {
      Feed feed =
          new Feed(
              new StreamDefinition(
                  EXCHANGE, NAMES, List.of(), false, new Options(List.of(), Map.of())),
              received,
              port(EXCHANGE),
              new RowTime(-1, false),
              new int[0],
              false,
              false,
              NoBadRecords.INSTANCE,
              ShedPolicy.NONE,
              new VirtualClock(0));
      return new SourceRunner(circuit, new Turns(circuit), List.of(feed));
    }

    /** A row comes into its partition. */
    void append(long time, String name) {
      input.add(new Row(time, name));
    }

    /** Takes a row of its partition, if there is one. */
    void take() {
      if (taken < input.size()) {
        Row row = input.get(taken++);
        send(circuit, port(INPUT), 0, row.time(), row.name());
      }
    }

    /** Takes all rows of its partition. */
    void takeAll() {
      while (taken < input.size()) {
        take();
      }
    }

    /** Its partition has been silent for so long, if no row waits. */
    void fallSilent() {
      if (taken == input.size()) {
        circuit.leaveOut(port(INPUT), 0);
      }
    }

    /** Reads all that others have committed. */
    void read() {
      int rows = runner.doWork();
      while (rows > 0) {
        rows = runner.doWork();
      }
    }

    void commit() {
      EntryPort exchange = port(EXCHANGE);
      boolean isIdle = job.isIdle(EXCHANGE);
      if (isIdle) {
        exchange.echo(number);
      }
      outlet.tell(job.watermark(EXCHANGE), isIdle);
      image = JobImage.of(job).toBytes();
      takenByThen = taken;
      receivedByThen = received.last;
      sending.forEach(one -> topic.get(one.part()).add(new Committed(number, one.record())));
      sending.clear();
      told.addAll(telling);
      telling.clear();
    }

    /** Its process dies; another one goes on from its last commit. */
    void die() {
      sending.clear();
      telling.clear();
      circuit = circuit();
      job = open();
      taken = takenByThen;
      received = new Received(receivedByThen);
      byte[] saved = image;
      if (saved != null) {
        new JobRestore(JobImage.ofBytes(saved), 0, false).restore(job, Map.of());
      }
      runner = runner();
      outlet = outlet();
    }

    /** How far its own rows are late: by that of its partition, and what it has said. */
    long lateBy() {
      return Math.max(port(INPUT).watermark(0), port(EXCHANGE).echoed());
    }

    /** What the operators behind the exchange know. */
    long watermark() {
      return job.metrics().stream()
          .filter(metrics -> metrics.node() == 3)
          .mapToLong(metrics -> metrics.watermark())
          .findFirst()
          .orElse(Timeline.NEVER);
    }

    List<String> told() {
      return told;
    }

    /** What the part is given: all of each poll is taken before the next. */
    private final class Received implements Source {
      private final ExchangeDecoder decoder = new ExchangeDecoder(NAMES);

      /** For each sender, the last record that was looked at. */
      private final int[] looked = new int[topic.size()];

      /** The last record that all were taken up to at a commit. */
      private int last;

      Received(int from) {
        last = from;
        Arrays.fill(looked, from);
      }

      @Override
      public List<String> partitions() {
        return IntStream.range(0, topic.size()).mapToObj(String::valueOf).toList();
      }

      @Override
      public PollStatus poll(int sender, RowWriter writer, int maxRows) {
        List<Committed> records = topic.get(number);
        for (int i = looked[sender] + 1; i < records.size(); i++) {
          Committed one = records.get(i);
          if (one.sender() == sender) {
            decoder.decode(one.record(), 0, one.record().length, writer);
          }
        }
        looked[sender] = records.size() - 1;
        last = records.size() - 1;
        return PollStatus.IDLE;
      }

      @Override
      public String position(int sender) {
        return String.valueOf(looked[sender]);
      }

      @Override
      public void await(Duration timeout) {}

      @Override
      public void seek(int sender, String position) {}

      @Override
      public void acknowledge(List<String> positions) {}

      @Override
      public void close() {}
    }
  }

  /** Writes down what is late, and gives the rest on. */
  record Listener(Exits exits, List<String> told) implements JobListener {
    /** What takes the rows of an exit. */
    interface Exits {
      Consumer<Batch> of(String stream);
    }

    @Override
    public RowListener exit(String stream) {
      return exits.of(stream)::accept;
    }

    @Override
    public void late(String query, Batch batch, int row) {
      told.add("late " + batch.rowtimes()[row] + " " + batch.column(0).get(row));
    }

    @Override
    public void failed(String query, Batch batch, int row, String error) {
      throw new AssertionError(error);
    }

    static void write(String prefix, Batch batch, List<String> to) {
      for (int row = 0; row < batch.size(); row++) {
        to.add(prefix + batch.rowtimes()[row] + " " + batch.column(0).get(row));
      }
    }
  }

  private enum NoBadRecords implements RecordPolicy {
    INSTANCE;

    @Override
    public void rejected(
        RecordOrigin origin, long recordTime, byte[] bytes, int offset, int length, String error) {
      throw new AssertionError(error);
    }

    @Override
    public void empty() {
      throw new AssertionError("a record without a value");
    }
  }
}
