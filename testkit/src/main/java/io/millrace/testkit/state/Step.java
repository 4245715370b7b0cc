package io.millrace.testkit.state;

import java.util.function.Consumer;

/**
 * One random operation on a state and its model.
 *
 * @param text what it does, for the message of a failure
 * @param action does it on both, and compares what they give
 */
record Step<M>(String text, Consumer<M> action) {
  @Override
  public String toString() {
    return text;
  }
}
