package io.millrace.runtime.circuit;

/** How a section gets the rows of an output of another one: in the order of one instance. */
final class Handover {
  private final Section from;
  private final int output;
  private final TaskMerge merge;
  private final TaskRows rows;

  /**
   * @param from the section that sends them
   * @param output which of its outputs
   */
  Handover(Section from, int output) {
    this.from = from;
    this.output = output;
    this.merge = new TaskMerge(from.tasks().size());
    this.rows = new TaskRows(from.outputSchemas().get(output));
  }

  Section from() {
    return from;
  }

  /**
   * Begins with a turn that the section is done with.
   *
   * @param numbers those of the section's parts of the turn
   */
  void begin(long[] numbers) {
    merge.begin(task -> from.tasks().get(task).part(numbers[task]).output(output));
  }

  boolean hasNext() {
    return merge.left() > 0;
  }

  /** The next rows of the turn, until the next call: so many, or those that are left. */
  TaskRows next(int most) {
    rows.take(most, merge);
    return rows;
  }
}
