package io.millrace.runtime.commit;

import io.millrace.runtime.agent.AgentThread;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.CircuitJob.OperatorCapture;
import io.millrace.runtime.circuit.Turns;
import io.millrace.runtime.commit.JobSinks.EndedInterval;
import io.millrace.runtime.commit.PendingSnapshot.SectionContent;
import io.millrace.runtime.commit.SnapshotAgent.Outcome;
import io.millrace.runtime.source.SourceRunner;
import io.millrace.runtime.source.SourceRunner.FeedProgress;
import io.millrace.runtime.source.SourceRunner.PartitionProgress;
import io.millrace.spi.connector.SourcePositions;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.time.Clock;
import io.millrace.spi.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Takes snapshots of a job: at most one is being taken and written at a time. What an interval has
 * written becomes final together with the snapshot that ends it.
 *
 * <p>A snapshot has a moment, between two turns. Behind it rows flow on, and the state of that
 * moment is taken out in slices between their turns ({@link UnfinishedSnapshot}); then it is
 * written on another thread.
 */
public final class SnapshotCycle implements CommitCycle {
  private static final long LONGEST_WAIT_MILLIS = 1_000;

  /** Systems forget what was committed, if that is never said again: in Kafka after some days. */
  private static final long LONGEST_SILENCE_MILLIS = Duration.ofHours(1).toMillis();

  /** Rows that may wait for a snapshot: one more ends the interval. */
  private static final long MOST_HELD_ROWS = 100_000;

  private static final long NO_MARK = Long.MIN_VALUE;

  private final JobParts parts;
  private final SnapshotSettings settings;
  private final SnapshotAgent agent;
  private final AgentThread writing;
  private final AgentThread merging;
  private long nextId;
  private long lastMoment;
  private long lastCause;

  /** The multiple of the step that the watermark had passed at the last snapshot. */
  private long lastMark;

  private boolean isPending;
  private boolean nextIsFull;

  /** The snapshot that is pending, while its state is taken out. */
  private @Nullable UnfinishedSnapshot unfinished;

  /** Whether nothing has been read by the moment of the next snapshot. */
  private boolean isBeginning;

  private volatile boolean isClosed;

  /** Who waits for a snapshot that has not begun. */
  private final Queue<CompletableFuture<Long>> requests = new ConcurrentLinkedQueue<>();

  /** Who waits for the one that is being written. */
  private final List<CompletableFuture<Long>> waiting = new ArrayList<>();

  /**
   * What a snapshot is taken of.
   *
   * @param job the name of the job
   * @param circuit its operators
   * @param runner its sources
   * @param sinks its sinks
   * @param turns the way into the circuit
   * @param attributes what its manifests say beside the descriptions of its operators
   */
  public record JobParts(
      String job,
      CircuitJob circuit,
      SourceRunner runner,
      JobSinks sinks,
      Turns turns,
      Clock clock,
      Map<String, String> attributes) {
    public JobParts {
      attributes = Map.copyOf(attributes);
    }
  }

  /**
   * Begins the first interval.
   *
   * @param previous the snapshot that the job has been restored from; null if it begins anew: then
   *     its beginning is the first snapshot
   * @param nextId greater than the ids of all snapshots that were ever committed
   */
  public SnapshotCycle(
      JobParts parts,
      SnapshotSettings settings,
      SnapshotStore store,
      @Nullable Manifest previous,
      long nextId) {
    this.parts = parts;
    this.settings = settings;
    this.nextId = nextId;
    SectionMerger merger =
        new SectionMerger(parts.job(), store, parts.circuit()::emptyState, parts.clock());
    this.agent =
        new SnapshotAgent(
            parts.job(), store, settings, parts.sinks(), merger, parts.clock(), previous);
    this.writing = new AgentThread(agent, true);
    this.merging = new AgentThread(merger, true);
    this.nextIsFull = previous == null;
    try {
      begin(previous);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void begin(@Nullable Manifest previous) {
    writing.start();
    merging.start();
    parts.turns().run(parts.sinks()::begin);
    if (previous != null && !parts.sinks().numbers().hasLeaped()) {
      noteMoment();
    } else {
      isBeginning = previous == null || Recovery.isBeginning(previous);
      finish();
    }
  }

  @Override
  public boolean advance(boolean isIdle, boolean hasNews) {
    boolean isFull = parts.sinks().held().rows() >= MOST_HELD_ROWS;
    if (isFull) {
      await();
    } else if (unfinished != null) {
      parts.turns().run(this::takeSlice);
    } else if (isPending) {
      agent.poll(0).ifPresent(this::take);
    }
    if (!isPending && (isFull || !requests.isEmpty() || isDue())) {
      parts.turns().run(this::take);
    }
    return unfinished != null;
  }

  private void noteMoment() {
    lastMoment = parts.clock().millis();
    lastCause = parts.circuit().cause();
    lastMark = mark();
  }

  private long mark() {
    long step = settings.watermarkStep().toMillis();
    long watermark = step == 0 ? Timeline.NEVER : parts.runner().watermark();
    return watermark == Timeline.NEVER ? NO_MARK : Math.floorDiv(watermark, step);
  }

  /** The first watermark that is known has passed none. */
  private boolean hasPassedMark() {
    long mark = mark();
    if (lastMark == NO_MARK) {
      lastMark = mark;
    }
    return mark > lastMark;
  }

  private boolean isDue() {
    long sinceLast = parts.clock().millis() - lastMoment;
    boolean isNew = parts.circuit().cause() != lastCause;
    return isNew
        ? sinceLast >= settings.interval().toMillis() || hasPassedMark()
        : sinceLast >= LONGEST_SILENCE_MILLIS;
  }

  /**
   * Has a snapshot taken as soon as possible. May be called by any thread.
   *
   * @return the id of the snapshot, when it is committed; fails if it never will be
   */
  public CompletableFuture<Long> request() {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    requests.add(answer);
    if (isClosed) {
      answer.completeExceptionally(ended());
    }
    return answer;
  }

  private static MillraceException ended() {
    return new MillraceException("the job ended before the snapshot was committed");
  }

  @Override
  public void finish() {
    await();
    parts.turns().run(this::take);
    await();
  }

  /**
   * Has the next snapshot stand by itself, because what changed was taken out by somebody else.
   * Between two turns.
   */
  public void beginAnew() {
    nextIsFull = true;
  }

  private void await() {
    while (isPending) {
      if (unfinished != null) {
        parts.turns().run(this::takeRest);
      } else {
        agent.poll(LONGEST_WAIT_MILLIS).ifPresent(this::take);
      }
    }
  }

  private void take(Outcome outcome) {
    isPending = false;
    if (outcome.isCommitted()) {
      parts.turns().run(() -> parts.sinks().held().release(outcome.snapshot().id()));
      parts.runner().acknowledge(outcome.snapshot().progress());
      waiting.forEach(answer -> answer.complete(outcome.snapshot().id()));
      waiting.clear();
    } else {
      nextIsFull = true;
      lastCause = -1;
    }
  }

  /** The moment of a snapshot: during a turn of its own. */
  private void take() {
    parts.runner().throwIfFailed();
    long start = parts.clock().nanos();
    long id = nextId++;
    EndedInterval interval = parts.sinks().end(id);
    List<FeedProgress> progress = parts.runner().progress();
    List<OperatorCapture> operators = parts.circuit().beginCapture(nextIsFull);
    List<SectionContent> sections = sections(interval, progress, operators);
    parts.sinks().begin();
    noteMoment();
    requests.removeIf(waiting::add);
    nextIsFull = false;
    isPending = true;
    PendingSnapshot snapshot =
        new PendingSnapshot(
            id, lastMoment, 0, sections, interval, progress, positions(progress), attributes());
    UnfinishedSnapshot taken = new UnfinishedSnapshot(snapshot, operators, parts.clock());
    unfinished = taken;
    taken.takeSlice(start);
    submitIfWhole();
    isBeginning = false;
  }

  /** A part of the state of the snapshot whose moment is over: during a turn of its own. */
  private void takeSlice() {
    UnfinishedSnapshot taken = unfinished;
    if (taken != null) {
      taken.takeSlice(parts.clock().nanos());
      submitIfWhole();
    }
  }

  private void takeRest() {
    UnfinishedSnapshot taken = unfinished;
    if (taken != null) {
      taken.takeRest(parts.clock().nanos());
      submitIfWhole();
    }
  }

  private void submitIfWhole() {
    UnfinishedSnapshot taken = unfinished;
    if (taken != null && taken.isWhole()) {
      unfinished = null;
      agent.submit(taken.whole());
    }
  }

  private List<SectionContent> sections(
      EndedInterval interval, List<FeedProgress> progress, List<OperatorCapture> operators) {
    List<SectionContent> sections = new ArrayList<>();
    Marks marks = Marks.of(parts.circuit(), progress);
    sections.add(new SectionContent(SectionNames.MARKS, true, false, marks::write));
    RowNumbers numbers = parts.sinks().numbers().copy();
    if (!numbers.isEmpty()) {
      sections.add(new SectionContent(SectionNames.NUMBERS, true, false, numbers::write));
    }
    interval
        .staged()
        .forEach(
            (stream, output) ->
                sections.add(
                    new SectionContent(
                        SectionNames.SINK + stream,
                        true,
                        false,
                        out -> {
                          out.writeInt(output.bytes().length);
                          out.write(output.bytes());
                        })));
    for (OperatorCapture operator : operators) {
      sections.add(
          new SectionContent(
              SectionNames.OPERATOR + operator.identity(),
              operator.capture().isFull(),
              operator.capture().isEmpty(),
              operator.capture()));
    }
    return sections;
  }

  private static List<SourcePositions> positions(List<FeedProgress> progress) {
    List<SourcePositions> positions = new ArrayList<>();
    for (FeedProgress feed : progress) {
      positions.add(
          new SourcePositions(
              feed.feed().definition(),
              feed.partitions().stream().map(PartitionProgress::partition).toList(),
              feed.partitions().stream().map(PartitionProgress::position).toList()));
    }
    return positions;
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>(parts.attributes());
    if (isBeginning) {
      attributes.put(Recovery.IS_BEGINNING, "true");
    }
    parts
        .circuit()
        .statefulOperators()
        .forEach(
            (identity, description) ->
                attributes.put(SectionNames.OPERATOR + identity, description));
    return attributes;
  }

  @Override
  public SnapshotMetrics metrics() {
    return agent.metrics();
  }

  @Override
  public void close() {
    isClosed = true;
    writing.stop();
    merging.stop();
    waiting.forEach(answer -> answer.completeExceptionally(ended()));
    requests.forEach(answer -> answer.completeExceptionally(ended()));
  }
}
