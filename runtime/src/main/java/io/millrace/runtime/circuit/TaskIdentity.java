package io.millrace.runtime.circuit;

/**
 * The names of state in tasks: that of the operator's state, then the task, as {@code 5f2c@1of4}.
 */
public final class TaskIdentity {
  private TaskIdentity() {}

  /**
   * The name of a task's part of a state.
   *
   * @param identity of the operator's state; empty if it has none
   */
  static String of(String identity, int task, int tasks) {
    return identity.isEmpty() ? "" : identity + "@" + task + "of" + tasks;
  }

  /** The operator's state of which {@code identity} names a part, or the whole. */
  public static String operatorOf(String identity) {
    int at = identity.lastIndexOf('@');
    return at < 0 ? identity : identity.substring(0, at);
  }

  /** In how many parts the state is. */
  public static String tasksOf(String identity) {
    int at = identity.lastIndexOf("of");
    return identity.lastIndexOf('@') < 0 ? "1" : identity.substring(at + 2);
  }
}
