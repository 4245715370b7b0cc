package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a joined window holds, of whatever kind. */
interface JoinedWindow {
  /** The kind of window with its arguments. */
  String sql();

  /**
   * What it holds when a row arrives.
   *
   * @param held what it held before, in the order of arrival
   * @return null if the row does not enter; then the window holds what it held
   */
  @Nullable List<InputRow> after(List<InputRow> held, InputRow row);

  /**
   * When a row leaves by itself; {@code Long.MAX_VALUE} if it does not.
   *
   * @param first the time of the first row that has entered
   */
  default long end(InputRow row, long first) {
    return Long.MAX_VALUE;
  }

  /** Whether all rows leave when the last one has met the other side. */
  default boolean isFull(List<InputRow> held) {
    return false;
  }

  /** A random one. */
  static JoinedWindow random(Random random) {
    boolean isA = random.nextBoolean();
    Term.Column column = new Term.Column(isA ? "a" : "b", isA);
    return switch (random.nextInt(16)) {
      case 0 -> new Sliding(new SlidingRows.Length(1 + random.nextInt(5), 0), 0);
      case 1 -> new Sliding(new SlidingRows.Length(5, 1 + random.nextInt(5)), 0);
      case 2 -> new Sliding(new SlidingRows.Unique(column, random.nextBoolean()), 0);
      case 3 -> {
        int length = 1 + random.nextInt(5);
        yield new Sliding(new SlidingRows.Sorted(length, column, random.nextBoolean()), 0);
      }
      case 4 -> new Sliding(new SlidingRows.Time(millis(random)), 0);
      case 5 -> new Sliding(new SlidingRows.Time(millis(random)), 700);
      case 6, 7, 8 ->
          new Sliding(new SlidingRows.TimeLength(millis(random), 1 + random.nextInt(4)), 0);
      case 9 -> {
        long size = millis(random);
        yield new Closing("TUMBLING (" + size + " MS", size, size, 0);
      }
      case 10, 11 -> hopping(random);
      case 12 -> {
        long step = millis(random);
        long most = step * (1 + random.nextInt(3));
        yield new Closing("CUMULATE (" + step + " MS, " + most + " MS", most, most, 0);
      }
      case 13 -> {
        long seconds = 5L * (1 + random.nextInt(4));
        String clause = "CRON ('0/" + seconds + " * * * * ?'";
        yield new Closing(clause, 1_000 * seconds, 1_000 * seconds, 0);
      }
      case 14 -> {
        long size = millis(random);
        long start = 700L * random.nextInt((int) (size / 700));
        yield random.nextBoolean()
            ? new Closing("TIME_BATCH (" + size + " MS, " + start + " MS", size, size, start)
            : new FromFirst(size);
      }
      default -> new Batch(1 + random.nextInt(4));
    };
  }

  private static Closing hopping(Random random) {
    long slide = millis(random);
    long size = slide + 700L * random.nextInt(12);
    long offset = 700L * random.nextInt((int) (slide / 700));
    String clause = String.format("HOPPING (%d MS, %d MS, OFFSET %d MS", size, slide, offset);
    return new Closing(clause, size, slide, offset);
  }

  private static long millis(Random random) {
    return 700L * (1 + random.nextInt(12));
  }

  private static List<InputRow> with(List<InputRow> held, InputRow row) {
    List<InputRow> all = new ArrayList<>(held);
    all.add(row);
    return all;
  }

  /**
   * A window that slides.
   *
   * @param slide how often a query would look at what it holds within a time; 0 if it would not
   */
  record Sliding(SlidingRows.Contents contents, long slide) implements JoinedWindow {
    @Override
    public String sql() {
      return slide == 0 ? contents.sql() : contents.sql().replace(")", ", " + slide + " MS)");
    }

    @Override
    public @Nullable List<InputRow> after(List<InputRow> held, InputRow row) {
      return contents.after(held, row);
    }

    @Override
    public long end(InputRow row, long first) {
      return contents.size() == 0 ? Long.MAX_VALUE : row.ts() + contents.size();
    }
  }

  /** A window that closes; where several overlap a row is there until the last has. */
  record Closing(String clause, long size, long slide, long offset) implements JoinedWindow {
    @Override
    public String sql() {
      return clause + ")";
    }

    @Override
    public List<InputRow> after(List<InputRow> held, InputRow row) {
      return with(held, row);
    }

    @Override
    public long end(InputRow row, long first) {
      long start = row.ts();
      while (Math.floorMod(start - offset, slide) != 0) {
        start--;
      }
      return start + size;
    }
  }

  /** TIME_BATCH from the first row. */
  record FromFirst(long size) implements JoinedWindow {
    @Override
    public String sql() {
      return "TIME_BATCH (" + size + " MS)";
    }

    @Override
    public List<InputRow> after(List<InputRow> held, InputRow row) {
      return with(held, row);
    }

    @Override
    public long end(InputRow row, long first) {
      return first + (Math.floorDiv(row.ts() - first, size) + 1) * size;
    }
  }

  /** LENGTH_BATCH. */
  record Batch(int length) implements JoinedWindow {
    @Override
    public String sql() {
      return "LENGTH_BATCH (" + length + ")";
    }

    @Override
    public List<InputRow> after(List<InputRow> held, InputRow row) {
      return with(held, row);
    }

    @Override
    public boolean isFull(List<InputRow> held) {
      return held.size() == length;
    }
  }
}
