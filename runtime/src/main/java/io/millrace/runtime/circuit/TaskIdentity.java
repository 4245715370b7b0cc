package io.millrace.runtime.circuit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The names of state in tasks: that of the operator's state, then the task, and by which of the
 * operator's keys rows find it, as {@code 5f2c@1of4by0}. So state has the same names where its keys
 * are in the same tasks.
 */
public final class TaskIdentity {
  private TaskIdentity() {}

  /**
   * The name of a task's part of a state.
   *
   * @param identity of the operator's state; empty if it has none
   * @param keys the places, among the operator's keys, of those by which rows are spread
   */
  static String of(String identity, int task, int tasks, List<Integer> keys) {
    return identity.isEmpty()
        ? ""
        : identity
            + ("@" + task + "of" + tasks + "by")
            + keys.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  /** The operator's state of which {@code identity} names a part, or the whole. */
  public static String operatorOf(String identity) {
    int at = identity.lastIndexOf('@');
    return at < 0 ? identity : identity.substring(0, at);
  }
}
