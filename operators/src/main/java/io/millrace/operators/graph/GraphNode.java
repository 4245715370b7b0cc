package io.millrace.operators.graph;

import io.millrace.spi.types.Schema;
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
