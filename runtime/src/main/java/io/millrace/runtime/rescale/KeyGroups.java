package io.millrace.runtime.rescale;

/** The groups in which keys go to tasks, each of which has a range of them. */
public final class KeyGroups {
  /** How many there are: at most so many tasks have work. A power of two. */
  public static final int COUNT = 128;

  private KeyGroups() {}

  /**
   * The task of a key: by the lower bits of its hash, since the tables of keys are looked up by the
   * upper ones.
   */
  public static int task(int hash, int tasks) {
    return (hash & COUNT - 1) * tasks / COUNT;
  }
}
