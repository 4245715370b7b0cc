package io.millrace.benchmarks.exchange;

import io.millrace.spi.data.Column;
import io.millrace.spi.types.Layout;
import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import org.jctools.queues.SpscArrayQueue;

/**
 * Measures the cost per row of scattering batches of (STRING, DOUBLE, BIGINT, time) by key to a
 * number of receivers, with and without a second thread that receives them. Columns come back over
 * a second queue, so that nothing is allocated while it runs.
 *
 * <p>Arguments: none. Prints nanoseconds of CPU time of the sender, and of wall time, per row.
 */
public final class ExchangeCost {
  private static final int BATCH = 1024;
  private static final int BATCHES = 200_000;
  private static final Layout[] LAYOUTS = {Layout.OBJECT, Layout.DOUBLE, Layout.LONG, Layout.LONG};

  private ExchangeCost() {}

  /** Columns on their way, and how many rows of them count; -1 says that no more come. */
  private static final class Parcel {
    private final Column[] columns = new Column[LAYOUTS.length];
    private int rows;

    Parcel() {
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Column.of(LAYOUTS[i], BATCH);
      }
    }
  }

  /** The way to one receiver and back. */
  private static final class Lane {
    private final Queue<Parcel> full = new SpscArrayQueue<>(16);
    private final Queue<Parcel> empty = new SpscArrayQueue<>(16);
    private final int[] selection = new int[BATCH];
    private int selected;

    Lane() {
      for (int i = 0; i < 8; i++) {
        empty.add(new Parcel());
      }
    }
  }

  /** Runs all variants. */
  public static void main(String[] args) throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      for (int receivers = 1; receivers <= 4; receivers *= 2) {
        System.out.printf(
            Locale.ROOT,
            "scatter to %d: %.2f ns/row, sender alone%n",
            receivers,
            scatter(receivers, false));
        System.out.printf(
            Locale.ROOT,
            "scatter to %d: %.2f ns/row, received by another thread%n",
            receivers,
            scatter(receivers, true));
      }
    }
  }

  private static double scatter(int receivers, boolean threaded) throws InterruptedException {
    Lane[] lanes = new Lane[receivers];
    for (int i = 0; i < receivers; i++) {
      lanes[i] = new Lane();
    }
    Thread receiver = new Thread(() -> receive(lanes), "receiver");
    if (threaded) {
      receiver.start();
    }
    Column[] source = source();
    long start = System.nanoTime();
    for (int batch = 0; batch < BATCHES; batch++) {
      send(source, lanes, threaded);
    }
    double nanos = System.nanoTime() - start;
    if (threaded) {
      for (Lane lane : lanes) {
        Parcel last = take(lane.empty);
        last.rows = -1;
        lane.full.add(last);
      }
      receiver.join();
    }
    return nanos / BATCHES / BATCH;
  }

  private static Column[] source() {
    SplittableRandom random = new SplittableRandom(42);
    Column[] columns = new Parcel().columns;
    for (int row = 0; row < BATCH; row++) {
      columns[0].set(row, "SYM" + (10_000 + random.nextInt(1000)));
      columns[1].set(row, random.nextDouble());
      columns[2].set(row, random.nextLong());
      columns[3].set(row, (long) row);
    }
    return columns;
  }

  private static void send(Column[] source, Lane[] lanes, boolean threaded) {
    for (Lane lane : lanes) {
      lane.selected = 0;
    }
    for (int row = 0; row < BATCH; row++) {
      int hash = String.valueOf(source[0].get(row)).hashCode();
      Lane lane = lanes[((hash ^ (hash >>> 16)) & 0x7FFFFFFF) % lanes.length];
      lane.selection[lane.selected++] = row;
    }
    for (Lane lane : lanes) {
      Parcel parcel = take(lane.empty);
      parcel.rows = lane.selected;
      for (int i = 0; i < LAYOUTS.length; i++) {
        parcel.columns[i].gather(source[i], lane.selection, lane.selected, 0);
      }
      (threaded ? lane.full : lane.empty).add(parcel);
    }
  }

  private static void receive(Lane[] lanes) {
    int open = lanes.length;
    while (open > 0) {
      for (Lane lane : lanes) {
        Parcel parcel = lane.full.poll();
        if (parcel != null && parcel.rows < 0) {
          open--;
        } else if (parcel != null) {
          lane.empty.add(parcel);
        }
      }
    }
  }

  private static Parcel take(Queue<Parcel> queue) {
    Parcel parcel = queue.poll();
    while (parcel == null) {
      Thread.onSpinWait();
      parcel = queue.poll();
    }
    return parcel;
  }
}
