package io.millrace.operators.aggregate;

import io.millrace.operators.values.Comparisons;
import io.millrace.spi.state.StateCodec;
import io.millrace.spi.types.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in their order, each with how often it is there, of which that at any rank is found. It
 * is a treap whose nodes know how many numbers are below them (Seidel and Aragon, Randomized search
 * trees, Algorithmica 16, 1996), so a number comes, goes or is found in the expected logarithm of
 * their number. Its shape, which priorities decide that depend on nothing, changes no result.
 */
public final class RankedNumbers {
  private static final class Node {
    private final Object value;
    private final int priority;
    private long count;
    private long total;
    private @Nullable Node smaller;
    private @Nullable Node greater;

    Node(Object value, long count, int priority) {
      this.value = value;
      this.count = count;
      this.total = count;
      this.priority = priority;
    }

    void sum() {
      total = count + totalOf(smaller) + totalOf(greater);
    }
  }

  private @Nullable Node root;
  private int distinct;
  private int lastPriority = 1;

  private static long totalOf(@Nullable Node node) {
    return node == null ? 0 : node.total;
  }

  private long size() {
    return totalOf(root);
  }

  /** The number of different numbers. */
  int distinct() {
    return distinct;
  }

  public void add(Object value) {
    add(value, 1);
  }

  void add(Object value, long times) {
    root = add(root, value, times);
  }

  /** Adds all numbers of others. */
  public void addAll(RankedNumbers others) {
    others.forEach(this::add);
  }

  /** Takes a number that is there off once. */
  public void remove(Object value) {
    root = remove(Objects.requireNonNull(root), value);
  }

  /** Marsaglia's xorshift. */
  private int nextPriority() {
    lastPriority ^= lastPriority << 13;
    lastPriority ^= lastPriority >>> 17;
    lastPriority ^= lastPriority << 5;
    return lastPriority;
  }

  private Node add(@Nullable Node node, Object value, long times) {
    if (node == null) {
      distinct++;
      return new Node(value, times, nextPriority());
    }
    int order = Comparisons.compare(value, node.value);
    Node top = node;
    if (order == 0) {
      node.count += times;
    } else if (order < 0) {
      Node child = add(node.smaller, value, times);
      node.smaller = child;
      top = child.priority > node.priority ? raiseSmaller(node, child) : node;
    } else {
      Node child = add(node.greater, value, times);
      node.greater = child;
      top = child.priority > node.priority ? raiseGreater(node, child) : node;
    }
    top.sum();
    return top;
  }

  private static Node raiseSmaller(Node node, Node child) {
    node.smaller = child.greater;
    child.greater = node;
    node.sum();
    return child;
  }

  private static Node raiseGreater(Node node, Node child) {
    node.greater = child.smaller;
    child.smaller = node;
    node.sum();
    return child;
  }

  private @Nullable Node remove(Node node, Object value) {
    int order = Comparisons.compare(value, node.value);
    if (order == 0) {
      if (node.count == 1) {
        distinct--;
        return joined(node.smaller, node.greater);
      }
      node.count--;
    } else if (order < 0) {
      node.smaller = remove(Objects.requireNonNull(node.smaller), value);
    } else {
      node.greater = remove(Objects.requireNonNull(node.greater), value);
    }
    node.sum();
    return node;
  }

  private static @Nullable Node joined(@Nullable Node smaller, @Nullable Node greater) {
    if (smaller == null || greater == null) {
      return smaller == null ? greater : smaller;
    }
    if (smaller.priority > greater.priority) {
      smaller.greater = joined(smaller.greater, greater);
      smaller.sum();
      return smaller;
    }
    greater.smaller = joined(smaller, greater.smaller);
    greater.sum();
    return greater;
  }

  /** Gives each of the different numbers with how often it is there, in their order. */
  void forEach(ObjLongConsumer<Object> consumer) {
    forEach(root, consumer);
  }

  private static void forEach(@Nullable Node from, ObjLongConsumer<Object> consumer) {
    for (Node node = from; node != null; node = node.greater) {
      forEach(node.smaller, consumer);
      consumer.accept(node.value, node.count);
    }
  }

  /** The number at a rank, counted from 0. */
  private Object at(long rank) {
    Node node = Objects.requireNonNull(root);
    long left = rank;
    while (true) {
      long below = totalOf(node.smaller);
      if (left < below) {
        node = Objects.requireNonNull(node.smaller);
      } else if (left < below + node.count) {
        return node.value;
      } else {
        left -= below + node.count;
        node = Objects.requireNonNull(node.greater);
      }
    }
  }

  /**
   * The number below which a fraction of the others is, between two of them by linear
   * interpolation, rounded once. There must be a number.
   *
   * @param fraction from 0 to 1
   */
  public double percentile(BigDecimal fraction) {
    BigDecimal rank = fraction.multiply(BigDecimal.valueOf(size() - 1));
    BigDecimal whole = rank.setScale(0, RoundingMode.FLOOR);
    BigDecimal part = rank.subtract(whole);
    Number lower = (Number) at(whole.longValueExact());
    if (part.signum() == 0) {
      return lower.doubleValue();
    }
    Number upper = (Number) at(whole.longValueExact() + 1);
    if (!isFinite(lower) || !isFinite(upper)) {
      return Comparisons.equal(lower, upper)
          ? lower.doubleValue()
          : lower.doubleValue() + upper.doubleValue();
    }
    return between(lower, upper, part).doubleValue();
  }

  /** {@link #percentile} of decimals, rounded half up to a scale. */
  public BigDecimal percentile(BigDecimal fraction, int scale) {
    BigDecimal rank = fraction.multiply(BigDecimal.valueOf(size() - 1));
    BigDecimal whole = rank.setScale(0, RoundingMode.FLOOR);
    Number lower = (Number) at(whole.longValueExact());
    BigDecimal part = rank.subtract(whole);
    Number upper = part.signum() == 0 ? lower : (Number) at(whole.longValueExact() + 1);
    return between(lower, upper, part).setScale(scale, RoundingMode.HALF_UP);
  }

  private static boolean isFinite(Number number) {
    return Double.isFinite(number.doubleValue());
  }

  private static BigDecimal between(Number lower, Number upper, BigDecimal part) {
    BigDecimal low = exact(lower);
    return low.add(exact(upper).subtract(low).multiply(part));
  }

  private static BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    return number instanceof Long integer
        ? BigDecimal.valueOf(integer)
        : new BigDecimal(number.doubleValue());
  }

  /** The codec of numbers of a type. */
  public static StateCodec<RankedNumbers> codec(DataType type) {
    return new Codec(StoredValues.of(type));
  }

  private record Codec(StoredValues values) implements StateCodec<RankedNumbers> {
    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(RankedNumbers numbers, DataOutput out) throws IOException {
      write(numbers.root, out);
      out.writeLong(0);
    }

    private void write(@Nullable Node from, DataOutput out) throws IOException {
      for (Node node = from; node != null; node = node.greater) {
        write(node.smaller, out);
        out.writeLong(node.count);
        values.write(node.value, out);
      }
    }

    @Override
    public RankedNumbers read(int version, DataInput in) throws IOException {
      RankedNumbers numbers = new RankedNumbers();
      for (long count = in.readLong(); count > 0; count = in.readLong()) {
        numbers.add(values.read(in), count);
      }
      return numbers;
    }
  }
}
