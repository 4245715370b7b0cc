package io.millrace.state.form;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.state.StateCapture;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateSignature;
import java.io.DataInput;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The declared states of a back end: how they are captured and restored together, as {@link
 * io.millrace.spi.state.StateBackend} says.
 */
public final class DeclaredStates {
  private final Map<String, DeclaredState> states = new LinkedHashMap<>();

  /** Whether there is a full capture that the next one can continue. */
  private boolean captured;

  /** The number of the state as it was last captured or restored. */
  private long number;

  /** The capture before, which may not be whole. */
  private @Nullable StateCapture last;

  /** As {@link #beginCapture}, and takes all out. */
  public StateCapture capture(boolean full) {
    StateCapture capture = beginCapture(full);
    capture.takeMore(Integer.MAX_VALUE);
    return capture;
  }

  public StateCapture beginCapture(boolean full) {
    boolean isFull = full || !captured;
    return take(isFull, state -> state.capture(isFull));
  }

  /** Takes all that there is, of states that are of no more use then. */
  public StateCapture drain() {
    StateCapture capture = take(true, DeclaredState::drain);
    capture.takeMore(Integer.MAX_VALUE);
    return capture;
  }

  private StateCapture take(boolean isFull, Function<DeclaredState, CapturedState> taker) {
    StateCapture earlier = last;
    if (earlier != null) {
      earlier.takeMore(Integer.MAX_VALUE);
    }
    List<DeclaredState> changed =
        states.values().stream().filter(DeclaredState::isChanged).toList();
    long before = number;
    if (!changed.isEmpty()) {
      number++;
    }
    Collection<DeclaredState> taken = isFull ? states.values() : changed;
    StatesCapture capture =
        new StatesCapture(new SavedForm.Header(isFull, isFull ? number : before, taken.size()));
    for (DeclaredState state : taken) {
      capture.add(state.signature(), taker.apply(state));
    }
    captured = true;
    last = capture;
    return capture;
  }

  public void restore(DataInput in) throws IOException {
    StateReader reader = new StateReader(in);
    SavedForm.Header header = SavedForm.Header.read(reader);
    requireContinues(header);
    Set<String> missing = new LinkedHashSet<>(states.keySet());
    for (int i = 0; i < header.sections(); i++) {
      StateSignature saved = StateSignature.read(reader);
      DeclaredState state = states.get(saved.name());
      if (state == null || !missing.remove(saved.name())) {
        throw new MillraceException(
            "saved state '"
                + saved.name()
                + "' ("
                + saved.describe()
                + ") is not declared by the query, which has "
                + states.keySet()
                + "; restore it with the query that saved it, or start without it");
      }
      saved.requireFits(state.signature());
      state.restore(saved, reader);
    }
    missing.removeIf(name -> Objects.requireNonNull(states.get(name)).signature().isLater());
    if (header.isFull() && !missing.isEmpty()) {
      throw new MillraceException(
          "the query declares state that was not saved: "
              + missing
              + "; restore it with the query that saved it, or start without it");
    }
    captured = true;
    number = header.numberBehind();
  }

  private void requireContinues(SavedForm.Header header) {
    if (header.isFull() && captured) {
      throw new IllegalStateException("a full state is restored first, and once");
    }
    if (!header.isFull() && !(captured && header.number() == number)) {
      throw new MillraceException(
          "a part of the saved state is missing: what is to be restored continues state "
              + header.number()
              + ", but "
              + (captured ? "state " + number + " was restored" : "nothing was restored")
              + " before it; restore an earlier snapshot");
    }
  }

  public long entries() {
    long entries = 0;
    for (DeclaredState state : states.values()) {
      entries += state.entries();
    }
    return entries;
  }

  /** Takes a state in, under its name. */
  public <S extends DeclaredState> S declare(S state) {
    String name = state.signature().name();
    if (states.putIfAbsent(name, state) != null) {
      throw new IllegalArgumentException("state '" + name + "' is declared twice");
    }
    return state;
  }

  public void close() {
    states.values().forEach(DeclaredState::close);
  }
}
