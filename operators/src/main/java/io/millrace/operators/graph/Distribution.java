package io.millrace.operators.graph;

import io.millrace.spi.types.Schema;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How an operator may be spread over tasks, each with an instance and a part of the rows of its
 * own, so that together they send what one instance would.
 */
public sealed interface Distribution {
  /** The operator needs all rows in one instance. */
  Distribution WHOLE = new Whole();

  /** See {@link #WHOLE}. */
  record Whole() implements Distribution {}

  /**
   * Each row goes its own way: the operator has no state, and any part of the rows will do.
   *
   * @param sources for each column of the output the input column that it is, or -1
   * @param texts for each column of the output, for people, what it is
   * @param multiplies whether a row may become several
   * @param isRepeatable whether a row gives the same each time, so that it may be computed at
   *     several places: not so with random numbers
   */
  record Rowwise(
      List<Integer> sources, List<String> texts, boolean multiplies, boolean isRepeatable)
      implements Distribution {
    public Rowwise {
      sources = List.copyOf(sources);
      texts = List.copyOf(texts);
    }

    /** For an operator that passes all columns on as they are, one row for one at most. */
    public static Rowwise unchanged(Schema schema) {
      return new Rowwise(same(schema.size()), schema.names(), false, true);
    }
  }

  /**
   * The rows of a key belong together, and no two keys concern each other.
   *
   * @param keys the columns of the key in the input, at least one
   * @param sources for each column of the output the input column that it is, or -1
   * @param sendsTogether whether rows of several keys may leave at one position, as when a window
   *     closes, with ranks by which they can be put in order; else rows leave at the positions of
   *     those that have brought them about, with the ranks of these
   * @param isOneForOne whether a row brings about one row at most, and nothing else any
   */
  record Keyed(
      List<Integer> keys, List<Integer> sources, boolean sendsTogether, boolean isOneForOne)
      implements Distribution {
    public Keyed {
      keys = List.copyOf(keys);
      sources = List.copyOf(sources);
    }

    /** Of an operator that may send several rows for one. */
    public Keyed(List<Integer> keys, List<Integer> sources, boolean sendsTogether) {
      this(keys, sources, sendsTogether, false);
    }
  }

  /**
   * As {@link Keyed}, of two inputs: the rows of both whose keys are equal belong together.
   *
   * @param left the columns of the key in the first input
   * @param right those in the second one, which equal them one by one
   * @param leftSources for each column of the output the column of the first input that it is in
   *     every row, or -1
   * @param rightSources as {@code leftSources}, of the second input
   */
  record KeyedPairs(
      List<Integer> left,
      List<Integer> right,
      List<Integer> leftSources,
      List<Integer> rightSources)
      implements Distribution {
    public KeyedPairs {
      left = List.copyOf(left);
      right = List.copyOf(right);
      leftSources = List.copyOf(leftSources);
      rightSources = List.copyOf(rightSources);
    }
  }

  /**
   * As {@link Rowwise}, and worth tasks of its own: any part of the rows will do for each.
   *
   * @param sources for each column of the output the input column that it is, or -1
   */
  record Spread(List<Integer> sources) implements Distribution {
    public Spread {
      sources = List.copyOf(sources);
    }
  }

  /**
   * For an operator that aggregates by keys and sends the keys first, then what is computed.
   *
   * @param sendsTogether see {@link Keyed}
   */
  static Distribution ofGroups(
      List<Integer> partition, List<Integer> keys, int outputColumns, boolean sendsTogether) {
    return partition.isEmpty()
        ? WHOLE
        : new Keyed(partition, groupColumns(keys, outputColumns), sendsTogether);
  }

  /**
   * For an operator that keeps rows apart by columns of its own output, in which they stand where
   * they do in the input, and sends several rows for one.
   */
  static Distribution ofPartitions(List<Integer> partition, int outputColumns) {
    List<Integer> sources =
        IntStream.range(0, outputColumns).map(i -> partition.contains(i) ? i : -1).boxed().toList();
    return partition.isEmpty() ? WHOLE : new Keyed(partition, sources, false);
  }

  /** For an operator that sends one row at most for each, and none without. */
  static Distribution oneForOne(List<Integer> keys, List<Integer> sources) {
    return keys.isEmpty() ? WHOLE : new Keyed(keys, sources, false, true);
  }

  /** For what sends the keys first, then what is computed. */
  static List<Integer> groupColumns(List<Integer> keys, int columns) {
    return IntStream.range(0, columns)
        .map(i -> i < keys.size() ? keys.get(i) : -1)
        .boxed()
        .toList();
  }

  /** For what passes all columns on as they are, and adds one behind them. */
  static List<Integer> withOneMore(int columns) {
    return IntStream.rangeClosed(0, columns).map(i -> i < columns ? i : -1).boxed().toList();
  }

  /** For an operator that passes all columns on as they are. */
  static List<Integer> same(int columns) {
    return IntStream.range(0, columns).boxed().toList();
  }
}
