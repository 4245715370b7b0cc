package io.millrace.engine.fault;

import io.millrace.spi.connector.CommitPointer;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.time.Clock;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.snapshot.MemorySnapshotStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Everything outside an engine that survives it. Each operation on it is a step; when its power
 * fails, that step and all later ones fail, until the power is back.
 */
final class World {
  private final Random random;
  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private final Map<String, List<List<InputRow>>> inputs = new HashMap<>();
  private final Map<String, List<String>> ledgers = new HashMap<>();
  private final Map<String, Long> applied = new HashMap<>();
  private final Map<String, List<String>> banks = new HashMap<>();
  private final Map<String, List<String>> tapes = new HashMap<>();
  private final List<List<String>> acknowledged = new ArrayList<>();
  private Optional<CommitPointer> pointer = Optional.empty();
  private Supplier<Clock> clocks = LookedAtClock::new;
  private Supplier<StateBackend> state = HeapStateBackend::new;
  private String commitInterval = "5 ms";
  private long generation;
  private long stepsLeft = Long.MAX_VALUE;
  private boolean isShort;
  private boolean pollsInVain;
  private boolean hasFailed;
  private String broken = "";
  private String fatal = "";
  private long steps;

  /** A row of an input. */
  record InputRow(long time, String key, long value) {}

  World(long seed) {
    random = new Random(seed);
  }

  /** Adds an input with its partitions. */
  void addInput(String name, List<List<InputRow>> partitions) {
    List<List<InputRow>> growing = new ArrayList<>();
    partitions.forEach(rows -> growing.add(new CopyOnWriteArrayList<>(rows)));
    inputs.put(name, growing);
  }

  /** Has more rows come in the first partition of an input. */
  void append(String name, InputRow... rows) {
    input(name).get(0).addAll(List.of(rows));
  }

  List<List<InputRow>> input(String name) {
    return inputs.getOrDefault(name, List.of());
  }

  /** Has engines have other clocks. */
  void setClocks(Supplier<Clock> newClocks) {
    clocks = newClocks;
  }

  /** Has engines keep state elsewhere than on the heap. */
  void setState(Supplier<StateBackend> backends) {
    state = backends;
  }

  Supplier<StateBackend> state() {
    return state;
  }

  /** Has partitions give no rows at times, though there are more, as a broker does. */
  void pollInVain() {
    pollsInVain = true;
  }

  void setCommitInterval(String interval) {
    commitInterval = interval;
  }

  String commitInterval() {
    return commitInterval;
  }

  Clock newClock() {
    return clocks.get();
  }

  MemorySnapshotStore store() {
    return store;
  }

  /** Has the power fail after so many more steps. */
  synchronized void failAfter(long count) {
    stepsLeft = count;
  }

  /** Has a single step fail after so many more. */
  synchronized void failOnceAfter(long count) {
    stepsLeft = count;
    isShort = true;
  }

  /** Has every step of a name fail until it is repaired, as when a disk is full. */
  synchronized void breakDown(String what) {
    broken = what;
  }

  /** Has the power fail at the next step of a name. */
  synchronized void losePowerAt(String what) {
    fatal = what;
  }

  synchronized void repair() {
    broken = "";
  }

  synchronized void restorePower() {
    isShort = false;
    stepsLeft = Long.MAX_VALUE;
  }

  /** Whether a step has ever failed. */
  synchronized boolean hasFailed() {
    return hasFailed;
  }

  /** How many steps there were so far. */
  synchronized long steps() {
    return steps;
  }

  /** Takes a step, or fails. */
  synchronized void step(String what) {
    if (what.equals(broken)) {
      hasFailed = true;
      throw new MillraceException("no room to " + what);
    }
    if (what.equals(fatal)) {
      fatal = "";
      stepsLeft = 0;
    }
    if (stepsLeft <= 0) {
      hasFailed = true;
      if (isShort) {
        restorePower();
      }
      throw new MillraceException("no power to " + what);
    }
    stepsLeft--;
    steps++;
  }

  /** A number of rows to give at once. */
  synchronized int randomSize(int most) {
    return pollsInVain && random.nextBoolean() ? 0 : 1 + random.nextInt(most);
  }

  /** All rows that sinks have shown, by stream. */
  synchronized Map<String, List<String>> ledgers() {
    return Map.copyOf(ledgers);
  }

  /** All committed rows, by stream. */
  synchronized Map<String, List<String>> banks() {
    return Map.copyOf(banks);
  }

  /** The rows that the sink of a stream has shown. */
  synchronized List<String> ledger(String stream) {
    return List.copyOf(ledgers.getOrDefault(stream, List.of()));
  }

  /** Shows the rows of a snapshot, once. */
  synchronized void apply(String stream, long snapshotId, List<String> rows) {
    if (applied.getOrDefault(stream, 0L) < snapshotId) {
      ledgers.computeIfAbsent(stream, s -> new ArrayList<>()).addAll(rows);
      applied.put(stream, snapshotId);
    }
  }

  /** The committed rows of a stream. */
  synchronized List<String> bank(String stream) {
    return List.copyOf(banks.getOrDefault(stream, List.of()));
  }

  /** Everything that was ever written to the tape of a stream. */
  synchronized List<String> tape(String stream) {
    return List.copyOf(tapes.getOrDefault(stream, List.of()));
  }

  synchronized void record(String stream, List<String> rows) {
    tapes.computeIfAbsent(stream, s -> new ArrayList<>()).addAll(rows);
  }

  /** Takes the bank over: earlier owners can commit no more. */
  synchronized long takeOver() {
    return ++generation;
  }

  synchronized Optional<CommitPointer> pointer() {
    return pointer;
  }

  synchronized void forgetCommits() {
    pointer = Optional.empty();
  }

  synchronized void commit(long owner, Map<String, List<String>> rows, CommitPointer committed) {
    if (owner != generation) {
      throw new MillraceException("another process has taken the bank over");
    }
    rows.forEach(
        (stream, more) -> banks.computeIfAbsent(stream, s -> new ArrayList<>()).addAll(more));
    pointer = Optional.of(committed);
  }

  synchronized void acknowledge(List<String> positions) {
    acknowledged.add(positions);
  }

  synchronized List<List<String>> acknowledged() {
    return List.copyOf(acknowledged);
  }
}
