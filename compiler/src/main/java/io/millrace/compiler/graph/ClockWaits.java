package io.millrace.compiler.graph;

import io.millrace.operators.graph.GraphNode;
import java.util.BitSet;

/**
 * Which nodes have rows that waited for the clock: that something has sent because time went on,
 * where the time of what it reads is, perhaps among others, that of arrival. Such rows come in the
 * middle of a turn, in front of the row whose arrival moved the clock, or at the end of a turn of
 * their own: which of the two depends on how rows come in batches.
 */
final class ClockWaits {
  /** The nodes whose watermark the clock may move. */
  private final BitSet clocked = new BitSet();

  private final BitSet waiting = new BitSet();

  /** Takes an entry whose rows may have the times of their arrival. */
  void arrives(int entry) {
    clocked.set(entry);
  }

  /** Takes a node whose inputs have been taken. */
  void add(GraphNode node) {
    if (!(node instanceof GraphNode.Step step)) {
      for (int input : node.inputs()) {
        pass(input, node.id());
      }
      return;
    }
    if (step.spec().retimes().isPresent()) {
      return; // from here on it is rows that move time
    }
    for (int i = 0; i < step.inputs().size(); i++) {
      if (step.spec().countsTimeOf(i)) {
        pass(step.inputs().get(i), step.id());
      }
    }
    if (step.spec().sendsByTime() && clocked.get(step.id())) {
      waiting.set(step.id());
    }
  }

  private void pass(int from, int to) {
    clocked.set(to, clocked.get(to) || clocked.get(from));
    waiting.set(to, waiting.get(to) || waiting.get(from));
  }

  /** Whether rows of a node may have waited for the clock. */
  boolean isWaiting(int node) {
    return waiting.get(node);
  }
}
