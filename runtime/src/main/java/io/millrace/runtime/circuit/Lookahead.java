package io.millrace.runtime.circuit;

import io.millrace.runtime.agent.TaskPool;
import io.millrace.spi.data.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets the tasks of sections work ahead of the circuit. A turn first gives its rows to the tasks;
 * later, when these are done with it, it runs through the circuit, where the rows that the tasks
 * have made take the place of the operators that they are of. Turns run through the circuit in
 * their order, one at a time, so that all that is not in a section sees what it would see without
 * tasks.
 *
 * <pre>
 *            offer                    deliver
 *  turn 7 ──────────► task 0: 6 7  ──────────► circuit: turn 5
 *                     task 1: 5 6 7
 * </pre>
 *
 * <p>A section may take what another one has made: it is put in order and handed over by the thread
 * that brings the turns, as soon as that one is done with a turn, and in the order of the turns.
 *
 * <p>Used under the engine's lock. No more than {@link Task#ROOM} turns are ahead: then the thread
 * that brings the next one works for the tasks itself until the oldest is done. So nothing waits
 * for anything but work.
 */
final class Lookahead {
  private static final int LOOKS_BEFORE_SLEEP = 1_000;
  private static final long SLEEP_NANOS = 10_000;

  private final Circuit circuit;
  private final TurnFailures failures;
  private final Queue<TurnAhead> turns = new ArrayDeque<>();

  /** The size of {@code turns}: it is asked for in each turn. */
  private int turnsAhead;

  private final Collection<Section> sections = new ArrayList<>();
  private Task[] tasks = new Task[0];
  private TaskPool pool = TaskPool.NONE;

  /** Whether any section takes the rows of another one. */
  private boolean hasHandovers;

  Lookahead(Circuit circuit, TurnFailures failures) {
    this.circuit = circuit;
    this.failures = failures;
  }

  /** Whether any turn is on its way. */
  boolean isAhead() {
    return turnsAhead > 0;
  }

  /** Whether a turn of an entry cannot run at once. */
  boolean concerns(EntryPort entry) {
    return turnsAhead > 0 || entry.hasSections();
  }

  /** Adds sections; no turn is on its way. */
  void add(List<Section> added) {
    sections.addAll(added);
    added.forEach(section -> section.port().attach(section));
    changed();
  }

  /** Removes sections; no turn is on its way. */
  void remove(List<Section> removed) {
    sections.removeAll(removed);
    removed.forEach(section -> section.port().detach(section));
    changed();
  }

  private void changed() {
    tasks = sections.stream().flatMap(it -> it.tasks().stream()).toArray(Task[]::new);
    hasHandovers = sections.stream().anyMatch(section -> section.taken() != null);
    int most = sections.stream().mapToInt(it -> it.tasks().size()).max().orElse(1);
    pool.close();
    // The thread that brings the turns is one of those that work.
    pool = most == 1 ? TaskPool.NONE : TaskPool.start(most - 1, this::runTasks);
  }

  void turn(EntryPort entry, int partition, long base, Batch batch, @Nullable RowMarks marks) {
    TurnAhead turn = next(entry);
    turn.takeRows(partition, base, batch, marks);
    offered(turn);
  }

  void advance(EntryPort entry, int partition, long base, long time) {
    TurnAhead turn = next(entry);
    turn.takeAdvance(partition, base, time, entry.sections());
    offered(turn);
  }

  void leaveOut(EntryPort entry, int partition, long base) {
    TurnAhead turn = next(entry);
    turn.takeIdle(partition, base, entry.sections());
    offered(turn);
  }

  /**
   * Runs one turn of several entries through their tasks, then through the circuit: nothing is on
   * its way before and behind it.
   *
   * @param inCircuit runs it through the circuit
   */
  void advanceTogether(List<EntryPort> entries, long base, long time, Runnable inCircuit) {
    settle();
    List<TurnAhead> parts = new ArrayList<>();
    for (EntryPort entry : entries) {
      TurnAhead part = entry.takeTurn();
      part.takeAdvanceOfAll(base, time);
      parts.add(part);
      turns.add(part);
    }
    turnsAhead += parts.size();
    pool.wake();
    parts.forEach(this::awaitTasks);
    turns.clear();
    turnsAhead = 0;
    try {
      parts.forEach(part -> part.beginDelivery(failures));
      inCircuit.run();
    } catch (RuntimeException e) { // told where their rows come from, as that of any turn ahead is
      entries.stream().filter(EntryPort::hasSections).forEach(entry -> entry.fail(e));
      if (entries.stream().noneMatch(EntryPort::hasSections)) {
        throw e;
      }
    } finally {
      parts.forEach(TurnAhead::endDelivery);
      parts.forEach(part -> part.entry().giveBack(part));
    }
  }

  private TurnAhead next(EntryPort entry) {
    if (entry.holdsTables()) { // a subscriber to the turns before may ask what they hold then
      settle();
    }
    while (turns.size() >= Task.ROOM) {
      deliverOldest();
    }
    return entry.takeTurn();
  }

  private void offered(TurnAhead turn) {
    turns.add(turn);
    turnsAhead++;
    pool.wake();
    handOver();
    if (turn.entry().holdsTables()) { // a subscriber may ask what they hold at this turn
      settle();
      return;
    }
    for (TurnAhead oldest = turns.peek(); oldest != null && oldest.isDone(); ) {
      deliverOldest();
      oldest = turns.peek();
    }
  }

  /** Runs all turns that are on their way through the circuit. */
  void settle() {
    while (!turns.isEmpty()) {
      deliverOldest();
    }
  }

  /** Works for the tasks until they are done with a turn. */
  private void awaitTasks(TurnAhead turn) {
    for (int looks = 0; !turn.isDone(); looks++) {
      if (runTasks(0) | handOver()) {
        looks = 0;
      } else if (looks < LOOKS_BEFORE_SLEEP) {
        Thread.onSpinWait();
      } else { // the thread that has the task may be waiting for this one's processor
        LockSupport.parkNanos(this, SLEEP_NANOS);
      }
    }
  }

  /** A turn behind one that failed is left out: its job has failed. */
  private void deliverOldest() {
    TurnAhead turn = turns.element();
    awaitTasks(turn);
    turns.remove();
    turnsAhead--;
    EntryPort entry = turn.entry();
    try {
      if (entry.failure() == null) {
        turn.deliver(circuit, failures);
      }
    } catch (RuntimeException e) {
      entry.fail(e);
    } finally {
      entry.giveBack(turn);
    }
  }

  /** Hands over what sections have made to those behind them, turn by turn. */
  private boolean handOver() {
    boolean any = false;
    if (hasHandovers) {
      for (TurnAhead turn : turns) {
        any |= turn.goOn();
      }
      if (any) {
        pool.wake();
      }
    }
    return any;
  }

  /**
   * Runs what waits, beginning with one of the tasks, so that a thread comes back to those whose
   * data it has in its cache.
   *
   * @return whether there was anything
   */
  private boolean runTasks(int thread) {
    Task[] all = tasks;
    boolean any = false;
    for (int i = 0; i < all.length; i++) {
      any |= all[(thread + i) % all.length].tryRun();
    }
    return any;
  }
}
