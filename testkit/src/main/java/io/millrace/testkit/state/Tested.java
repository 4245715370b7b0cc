package io.millrace.testkit.state;

import io.millrace.spi.state.StateBackend;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A state in its back end, beside its model.
 *
 * @param <M> the model
 * @param <S> the state
 */
final class Tested<M, S> {
  private final Supplier<StateBackend> backends;
  private final Function<StateBackend, S> declare;
  private final BiConsumer<M, S> rebind;
  private final M model;
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
    this.rebind = rebind;
    backend = backends.get();
    model = newModel.apply(declare.apply(backend));
  }

  /** Saves the state and goes on with a fresh back end. */
  void restore() {
    StateBackend fresh = backends.get();
    S state = declare.apply(fresh);
    SavedState.of(backend).restore(fresh);
    backend = fresh;
    rebind.accept(model, state);
  }

  M model() {
    return model;
  }

  long entries() {
    return backend.entries();
  }
}
