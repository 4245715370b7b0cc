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
   * The rows of a turn that the section is done with, until the next call.
   *
   * @param numbers those of the section's parts of the turn
   */
  TaskRows take(long[] numbers) {
    merge.begin(task -> from.tasks().get(task).part(numbers[task]).output(output));
    rows.takeAll(merge);
    return rows;
  }
}
