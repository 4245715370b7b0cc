package io.millrace.benchmarks.workload;

import io.siddhi.core.SiddhiAppRuntime;
import io.siddhi.core.SiddhiManager;
import io.siddhi.core.event.Event;
import io.siddhi.core.stream.input.InputHandler;
import io.siddhi.core.stream.output.StreamCallback;
import java.util.Arrays;
import java.util.List;

/** Siddhi, synchronous, fed with events that were made before, one by one or by the hundred. */
final class SiddhiContender implements Contender {
  private static final int BATCH = 100;
  private static final String STREAM = "define stream S (symbol string, price double, volume long";
  private static final String SUMMARY =
      " select symbol, count() as n, sum(price) as s, avg(price) as a, min(price) as mi,"
          + " max(price) as ma group by symbol insert into O;";

  @Override
  public String name() {
    return "Siddhi";
  }

  /** Its windows do not hop, so W8 is not for it; W3 to W7 are not written for it. */
  @Override
  public List<String> variants(Workload workload) {
    return switch (workload) {
      case W1 -> List.of("single", "batches of 100");
      case W2 -> List.of("timeBatch", "externalTimeBatch");
      case W3, W4A, W4B, W5, W6A, W6B, W7, W8 -> List.of();
    };
  }

  private static String query(Workload workload, String variant) {
    if (workload == Workload.W1) {
      return STREAM
          + "); from S[price > 800.0 and volume % 2L == 0L]"
          + " select symbol, price * volume as v insert into O;";
    }
    return hasTimeColumn(variant)
        ? STREAM + ", ts long); from S#window.externalTimeBatch(ts, 1 sec)" + SUMMARY
        : "@app:playback " + STREAM + "); from S#window.timeBatch(1 sec)" + SUMMARY;
  }

  private static boolean hasTimeColumn(String variant) {
    return variant.equals("externalTimeBatch");
  }

  @Override
  public Session open(Workload workload, String variant, Checksum results) {
    SiddhiManager manager = new SiddhiManager();
    SiddhiAppRuntime runtime = manager.createSiddhiAppRuntime(query(workload, variant));
    runtime.addCallback("O", callback(workload, results));
    runtime.start();
    return new SiddhiSession(manager, runtime, variant);
  }

  private static StreamCallback callback(Workload workload, Checksum results) {
    return new StreamCallback() {
      @Override
      public void receive(Event[] events) {
        for (Event event : events) {
          Object[] row = event.getData();
          if (workload == Workload.W1) {
            results.add((String) row[0], (Double) row[1]);
          } else {
            results.add(
                (String) row[0],
                (Long) row[1],
                (Double) row[2],
                (Double) row[3],
                (Double) row[4],
                (Double) row[5]);
          }
        }
      }
    };
  }

  /** Events of Siddhi's own form, changed in place from pass to pass. */
  private static final class SiddhiSession implements Session {
    private final SiddhiManager manager;
    private final SiddhiAppRuntime runtime;
    private final InputHandler input;
    private final boolean hasTimeColumn;
    private final boolean inBatches;
    private final Event[][] sets = new Event[2][];
    private final Event[][][] batches = new Event[2][][];

    SiddhiSession(SiddhiManager manager, SiddhiAppRuntime runtime, String variant) {
      this.manager = manager;
      this.runtime = runtime;
      this.input = runtime.getInputHandler("S");
      this.hasTimeColumn = hasTimeColumn(variant);
      this.inBatches = variant.startsWith("batches");
    }

    @Override
    public void prepare(int set, Trade[] trades) {
      if (sets[set] == null) {
        create(set, trades);
        return;
      }
      for (int i = 0; i < trades.length; i++) {
        Event event = sets[set][i];
        event.setTimestamp(trades[i].time);
        if (hasTimeColumn) {
          event.setData(data(trades[i]));
        }
      }
    }

    private void create(int set, Trade[] trades) {
      Event[] events = new Event[trades.length];
      for (int i = 0; i < events.length; i++) {
        events[i] = new Event(trades[i].time, data(trades[i]));
      }
      sets[set] = events;
      batches[set] = new Event[events.length / BATCH][];
      Arrays.setAll(
          batches[set], i -> Arrays.copyOfRange(events, i * BATCH, (i + 1) * BATCH));
    }

    private Object[] data(Trade trade) {
      return hasTimeColumn
          ? new Object[] {trade.symbol, trade.price, trade.volume, trade.time}
          : new Object[] {trade.symbol, trade.price, trade.volume};
    }

    @Override
    public void feed(int set, int from, int to) {
      try {
        if (inBatches) {
          for (int i = from / BATCH; i < to / BATCH; i++) {
            input.send(batches[set][i]);
          }
          return;
        }
        for (int i = from; i < to; i++) {
          input.send(sets[set][i]);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      runtime.shutdown();
      manager.shutdown();
    }
  }
}
