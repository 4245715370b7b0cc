package io.millrace.operators.graph;

import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import java.util.ArrayList;
import java.util.List;

/** A node of an {@link OperatorGraph}. Ids are indexes into its list of nodes. */
public sealed interface GraphNode {

  int id();

  /** Ids of the nodes whose rows it takes, by input; all smaller than its own. */
  List<Integer> inputs();

  Schema schema();

  /**
   * Where rows of a stream enter.
   *
   * @param stream the name of the stream, as declared
   * @param schema its columns, and the pseudo-columns that are read
   */
  record Entry(int id, String stream, Schema schema) implements GraphNode {
    @Override
    public List<Integer> inputs() {
      return List.of();
    }
  }

  /**
   * An operator.
   *
   * @param place the place in the script of the query that it belongs to: the second part of the
   *     order keys of its rows
   * @param query the name of that query, under which its failed and late rows are counted
   * @param identity names its state by what it means, uniquely in its graph; empty for an operator
   *     without state
   */
  record Step(
      int id, OperatorSpec spec, List<Integer> inputs, int place, String query, String identity)
      implements GraphNode {
    public Step {
      inputs = List.copyOf(inputs);
    }

    @Override
    public Schema schema() {
      return spec.output();
    }
  }

  /**
   * The rows that come too late for an operator.
   *
   * @param step the operator
   * @param input which of its inputs they come in by
   * @param schema the columns of that input, then how much behind the watermark a row was
   */
  record Late(int id, int step, int input, Schema schema) implements GraphNode {

    /**
     * The late rows of a step.
     *
     * @param input which of its inputs
     * @param columns those of that input
     * @param lateBy the column that says how late a row was, of milliseconds
     */
    public static Late of(int id, Step step, int input, Schema columns, Field lateBy) {
      List<Field> fields = new ArrayList<>(columns.fields());
      fields.add(lateBy);
      return new Late(id, step.id(), input, new Schema(fields));
    }

    @Override
    public List<Integer> inputs() {
      return List.of(step);
    }
  }

  /**
   * Where the rows of a stream, or of a bare query, leave.
   *
   * @param stream its name
   * @param input the node whose rows they are
   */
  record Exit(int id, String stream, int input, Schema schema) implements GraphNode {
    @Override
    public List<Integer> inputs() {
      return List.of(input);
    }
  }
}
