package io.millrace.testkit.state;

import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A state in its back end, beside its model, and the captures that were taken of it. They are
 * written later; what each one holds is compared with a model that has made the steps up to it.
 *
 * @param <M> the model
 * @param <S> the state
 */
final class Tested<M, S> {
  private final Supplier<StateBackend> backends;
  private final Function<StateBackend, S> declare;
  private final Function<S, M> newModel;
  private final BiConsumer<M, S> rebind;
  private final M model;
  private final List<Step<M>> steps = new ArrayList<>();
  private final List<StateCapture> pending = new ArrayList<>();

  /** For each capture that is written, the number of steps in front of it. */
  private final List<Integer> moments = new ArrayList<>();

  /** For each of the same what was saved up to it. */
  private final List<SavedState> chains = new ArrayList<>();

  private StateBackend backend;

  /**
   * Begins with an empty state.
   *
   * @param backends makes back ends
   * @param declare obtains the state from one
   * @param newModel makes the model beside a state
   * @param rebind gives a model the state that it goes on with
   */
  Tested(
      Supplier<StateBackend> backends,
      Function<StateBackend, S> declare,
      Function<S, M> newModel,
      BiConsumer<M, S> rebind) {
    this.backends = backends;
    this.declare = declare;
    this.newModel = newModel;
    this.rebind = rebind;
    backend = backends.get();
    model = newModel.apply(declare.apply(backend));
  }

  void take(Step<M> step) {
    step.action().accept(model);
    steps.add(step);
  }

  /** Captures, to be written later. */
  void capture(boolean full) {
    pending.add(backend.capture(full));
    moments.add(steps.size());
  }

  /** Begins a capture, of which more is taken out later. */
  void beginCapture(boolean full) {
    pending.add(backend.beginCapture(full));
    moments.add(steps.size());
  }

  /** Takes more out for the last capture; the others are whole. */
  void takeMore(int rows) {
    if (!pending.isEmpty()) {
      pending.get(pending.size() - 1).takeMore(rows);
    }
  }

  /** Writes the captures that are not written, in their order. */
  void write() {
    takeMore(Integer.MAX_VALUE);
    for (StateCapture capture : pending) {
      SavedState before = chains.isEmpty() ? null : chains.get(chains.size() - 1);
      chains.add(before == null ? SavedState.of(capture) : before.with(capture));
    }
    pending.clear();
  }

  /** Goes on with a fresh back end and what was captured up to here. */
  void restore() {
    capture(false);
    write();
    backend = backends.get();
    rebind.accept(model, restored(chains.get(chains.size() - 1), backend));
  }

  M model() {
    return model;
  }

  long entries() {
    return backend.entries();
  }

  /**
   * Checks that each capture holds the state of its moment: restored as the chain that it ends,
   * restored from that chain merged into a full capture, and as one with which the steps behind it
   * go on.
   *
   * @param verify compares a state with its model
   * @param verifyLast the same, and may change both
   */
  void verifyCaptures(Consumer<M> verify, Consumer<M> verifyLast) {
    write();
    for (int i = 0; i < chains.size(); i++) {
      M then = newModel.apply(declare.apply(backends.get()));
      steps.subList(0, moments.get(i)).forEach(step -> step.action().accept(then));
      StateBackend fresh = backends.get();
      rebind.accept(then, restored(chains.get(i), fresh));
      verify.accept(then);
      rebind.accept(then, restored(SavedState.of(fresh), backends.get()));
      verify.accept(then);
      steps.subList(moments.get(i), steps.size()).forEach(step -> step.action().accept(then));
      verifyLast.accept(then);
    }
  }

  private S restored(SavedState saved, StateBackend fresh) {
    S state = declare.apply(fresh);
    saved.restore(fresh);
    return state;
  }
}
