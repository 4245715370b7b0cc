package io.millrace.engine;

import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.Turns;
import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Clock;
import java.util.LinkedHashSet;
import java.util.Set;

/** What all jobs of an engine share: the circuit, the way into it, the clock. */
final class EngineCore {
  private final Circuit circuit;
  private final Clock clock;
  private final Turns turns;
  private final CallbackFailures failures = new CallbackFailures();
  private final Set<JobPipes> pipes = new LinkedHashSet<>();

  EngineCore(Circuit circuit, Clock clock) {
    this.circuit = circuit;
    this.turns = new Turns(circuit);
    this.clock = clock;
  }

  Circuit circuit() {
    return circuit;
  }

  Clock clock() {
    return clock;
  }

  Turns turns() {
    return turns;
  }

  CallbackFailures failures() {
    return failures;
  }

  /** From now on {@link #flush} is for these sinks too; the caller has the turn. */
  void add(JobPipes added) {
    pipes.add(added);
  }

  void remove(JobPipes removed) {
    pipes.remove(removed);
  }

  /** Has the sinks of all jobs write what they have taken; the caller has the turn. */
  void flush() {
    pipes.forEach(JobPipes::flush);
  }

  /** Runs a turn of rows, see {@link Circuit#turn}; the caller has the turn. */
  void turn(EntryPort port, Batch batch) {
    if (circuit.needsClock()) {
      circuit.advanceClock(clock.millis(), port, batch.rowtimes()[0]);
    }
    try {
      circuit.turn(port, 0, batch);
    } catch (RuntimeException e) { // what subscribers threw belongs to this turn as well
      throw failures.attachedTo(e);
    }
    failures.throwIfAny();
  }

  /**
   * Throws what happened to rows of an entry after the turn that brought them: with tasks, they
   * reach their ends when it is over.
   */
  void throwLateFailures(EntryPort port) {
    try {
      port.throwFailure();
    } catch (RuntimeException e) {
      throw failures.attachedTo(e);
    }
    failures.throwIfAny();
  }

  /** Moves the watermark of an entry; the caller has the turn. */
  void advance(EntryPort port, long time) {
    try {
      for (int partition = 0; partition < port.partitionCount(); partition++) {
        circuit.advance(port, partition, time);
      }
    } catch (RuntimeException e) {
      throw failures.attachedTo(e);
    }
    failures.throwIfAny();
  }

  /** Lets the clock do what is due. */
  void tick() {
    if (circuit.needsClock()) {
      turns.run(this::moveClock);
    }
  }

  /** Lets the clock do what is due; the caller has the turn. */
  void moveClock() {
    if (circuit.needsClock()) {
      circuit.advanceClock(clock.millis());
      failures.throwIfAny();
    }
  }
}
