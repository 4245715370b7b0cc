package io.millrace.runtime.source;

import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.circuit.Turns;
import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.Source;
import io.millrace.spi.data.Batch;
import io.millrace.spi.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows from the sources of a job, a batch at a time, and runs their turns. Polling and
 * decoding happen outside the turns.
 *
 * <p>Which input comes next depends on times only: bounded tables first; then, of the rows that
 * wait, the one with the smallest event time, at equal times in the order of the script. While
 * several bounded inputs are read, a turn ends where a row of another one comes first, and nothing
 * is taken before each has shown its next row. One thread at a time.
 */
public final class SourceRunner implements AutoCloseable {
  /** Room for rows at first where there may be very many partitions, which have few rows each. */
  private static final int FEW_ROWS = 16;

  private final Circuit circuit;
  private final Turns turns;
  private final int batchSize;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Feed> feeds;
  private final SourceWaits waits = new SourceWaits();

  /** One partition of a feed. */
  private static final class Lane {
    private final Feed feed;
    private final int partition;
    private final Stage stage;
    private String position;
    private boolean ended;
    private final Listening listening;

    Lane(Feed feed, int partition, int batchSize) {
      this.feed = feed;
      this.partition = partition;
      this.stage =
          new Stage(
              feed.port(),
              feed.rowTime(),
              feed.metadataColumns(),
              feed.port().isTold() ? FEW_ROWS : batchSize,
              feed.clock(),
              feed.policy(),
              feed.shedding());
      this.position = feed.source().position(partition);
      this.listening = new Listening(feed.port().idleMillis());
    }

    boolean isDone() {
      return ended && stage.isEmpty();
    }
  }

  /**
   * Reads on from where the sources stand.
   *
   * @param turns the way into the circuit
   */
  public SourceRunner(Circuit circuit, Turns turns, List<Feed> feeds) {
    this.circuit = circuit;
    this.turns = turns;
    this.batchSize = circuit.batchSize();
    this.feeds = List.copyOf(feeds);
    for (Feed feed : feeds) {
      for (int i = 0; i < feed.source().partitions().size(); i++) {
        lanes.add(new Lane(feed, i, batchSize));
      }
    }
  }

  /**
   * Takes the next rows, if there are any.
   *
   * @return the number of rows taken, or 1 for records of which none has become a row; 0 if there
   *     is nothing to do at the moment, -1 if all inputs have ended
   */
  public int doWork() {
    throwIfFailed();
    boolean done = true;
    boolean moved = false;
    for (Lane lane : lanes) {
      moved |= poll(lane);
      done &= lane.isDone();
    }
    Lane next = done ? null : choose();
    if (next != null) {
      return take(next);
    }
    if (circuit.isAhead()) {
      turns.run(() -> {});
      throwIfFailed();
    }
    return done ? -1 : moved ? 1 : 0;
  }

  /** Throws what made a turn of these sources fail after it had been taken. */
  public void throwIfFailed() {
    for (Feed feed : feeds) {
      feed.port().throwIfFailed();
    }
  }

  /** Waits until a source may have something that is wanted, at most for {@code timeout}. */
  public void await(Duration timeout) {
    Map<String, Source> wanted = new LinkedHashMap<>();
    for (Lane lane : lanes) {
      if (!lane.ended && lane.stage.isEmpty()) {
        wanted.put(lane.feed.definition().name(), lane.feed.source());
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    waits.await(wanted, timeout);
    for (Lane lane : lanes) {
      lane.listening.waited(lane.feed.clock().millis());
    }
  }

  /** Tells the sources that everything taken so far is safe where it went. */
  public void acknowledge() {
    acknowledge(progress());
  }

  /** Tells the sources that everything taken by then is safe where it went. */
  public void acknowledge(List<FeedProgress> progress) {
    progress.forEach(
        feed ->
            feed.feed()
                .source()
                .acknowledge(feed.partitions().stream().map(PartitionProgress::position).toList()));
  }

  /**
   * How far each source has been read, between two turns.
   *
   * @throws RuntimeException if a turn of their rows failed
   */
  public List<FeedProgress> progress() {
    throwIfFailed();
    List<FeedProgress> progress = new ArrayList<>();
    for (Feed feed : feeds) {
      List<PartitionProgress> partitions = new ArrayList<>();
      for (Lane lane : lanes) {
        if (lane.feed.equals(feed)) {
          partitions.add(
              new PartitionProgress(
                  feed.source().partitions().get(lane.partition),
                  lane.position,
                  lane.stage.done()));
        }
      }
      progress.add(new FeedProgress(feed, partitions));
    }
    return progress;
  }

  /** How far a source has been read. */
  public record FeedProgress(Feed feed, List<PartitionProgress> partitions) {
    public FeedProgress {
      partitions = List.copyOf(partitions);
    }
  }

  /**
   * How far a partition has been read.
   *
   * @param partition its name
   * @param position from where it is to be read again
   * @param rows how many rows behind the position have been taken as well
   */
  public record PartitionProgress(String partition, String position, int rows) {}

  /** Leaves out the first rows of a partition, before anything is taken. */
  public void skip(Feed feed, int partition, int rows) {
    for (Lane lane : lanes) {
      if (lane.feed.equals(feed) && lane.partition == partition) {
        lane.stage.skip(rows);
      }
    }
  }

  /**
   * How far the slowest input is behind the clock, in milliseconds; 0 if nothing is known of it.
   */
  public long lagMillis() {
    long lag = 0;
    for (Feed feed : feeds) {
      long watermark = feed.port().watermark();
      if (watermark != Timeline.NEVER && watermark != Timeline.END) {
        lag = Math.max(lag, feed.clock().millis() - watermark);
      }
    }
    return lag;
  }

  /** The watermark that all inputs have reached. */
  public long watermark() {
    long smallest = Timeline.END;
    for (Feed feed : feeds) {
      smallest = Math.min(smallest, feed.port().watermark());
    }
    return smallest;
  }

  @Override
  public void close() {
    waits.close();
    for (Feed feed : feeds) {
      feed.source().close();
    }
  }

  /** Whether the partition has moved on over records that gave no rows. */
  private boolean poll(Lane lane) {
    if (lane.ended || !lane.stage.isEmpty()) {
      lane.listening.hear();
      return false;
    }
    lane.stage.reuse();
    PollStatus status = lane.feed.source().poll(lane.partition, lane.stage, batchSize);
    lane.stage.countShed();
    if (status == PollStatus.ENDED) {
      lane.ended = true;
    }
    if (!lane.stage.isEmpty() || status != PollStatus.IDLE) {
      lane.listening.hear();
    } else if (lane.listening.isTimedOut(lane.feed.clock().millis())) {
      turns.run(() -> circuit.leaveOut(lane.feed.port(), lane.partition));
    }
    if (!lane.stage.isEmpty()) {
      return false;
    }
    advance(lane);
    String before = lane.position;
    lane.position = lane.feed.source().position(lane.partition);
    endIfDone(lane);
    return !lane.position.equals(before);
  }

  private @Nullable Lane choose() {
    boolean tables = false;
    for (Lane lane : lanes) {
      tables |= lane.feed.isTable() && lane.feed.isBounded() && !lane.isDone();
    }
    Lane best = null;
    for (Lane lane : lanes) {
      if (tables && !(lane.feed.isTable() && lane.feed.isBounded())) {
        continue;
      }
      if (lane.stage.isEmpty()) {
        if (lane.feed.isBounded() && !lane.ended) {
          return null;
        }
      } else if (best == null || lane.stage.headTime() < best.stage.headTime()) {
        best = lane;
      }
    }
    return best;
  }

  private int take(Lane lane) {
    int count = lane.feed.isBounded() ? rowsBeforeOthers(lane) : lane.stage.rowsOfOneTurn();
    Batch batch = lane.stage.take(count);
    turns.runAhead(
        () -> {
          keepUpWithClock(lane, batch.rowtimes(), count);
          if (circuit.needsClock()) {
            long clock = lane.feed.clock().millis();
            circuit.advanceClock(clock, lane.feed.port(), batch.rowtimes()[0]);
          }
          circuit.turn(lane.feed.port(), lane.partition, batch, lane.stage.takenMarks());
        });
    if (lane.stage.isEmpty()) {
      advance(lane);
      lane.position = lane.feed.source().position(lane.partition);
      endIfDone(lane);
    }
    return count;
  }

  /** Lets happen what the sender of the rows has said behind the last of them. */
  private void advance(Lane lane) {
    Stage.Advance said = lane.stage.takeAdvance();
    if (said != null) {
      EntryPort port = lane.feed.port();
      turns.runAhead(() -> circuit.hear(port, lane.partition, said.watermark(), said.isIdle()));
    }
  }

  /**
   * Rows that have the time of their arrival arrive with their turn: what the clock has done since
   * they were polled is not undone, so they are never late.
   */
  private static void keepUpWithClock(Lane lane, long[] rowtimes, int count) {
    if (lane.feed.port().isArrival()) {
      long reached = lane.feed.port().watermark(lane.partition);
      for (int row = 0; row < count && rowtimes[row] < reached; row++) {
        rowtimes[row] = reached;
      }
    }
  }

  /** How many rows come before the next one of another bounded input. */
  private int rowsBeforeOthers(Lane lane) {
    int count = lane.stage.size();
    boolean isBehind = false;
    for (Lane other : lanes) {
      if (other == lane) {
        isBehind = true;
      } else if (other.feed.isBounded()
          && other.feed.isTable() == lane.feed.isTable()
          && !other.stage.isEmpty()) {
        count = Math.min(count, lane.stage.rowsUpTo(other.stage.headTime(), isBehind));
      }
    }
    return Math.max(1, count);
  }

  private void endIfDone(Lane lane) {
    if (lane.isDone()) {
      turns.run(() -> circuit.advance(lane.feed.port(), lane.partition, Timeline.END));
    }
  }
}
