package io.millrace.connectors.kafka;

import io.millrace.spi.connector.CommitPointer;
import io.millrace.spi.connector.Exchange;
import io.millrace.spi.connector.ExchangeAuthority;
import io.millrace.spi.connector.ExchangeSink;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.connector.PendingCommit;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SourcePositions;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka as the commit authority of a job: one transaction carries the rows of an interval, the
 * offsets that its sources have consumed, and the pointer to its snapshot ({@link PointerGroup}).
 *
 * <p>Two producers with fixed transactional ids take turns, so that an interval is written while
 * the one before it is committed. {@link #fence} initializes both, which aborts what they left open
 * and shuts out other processes, and reads the pointer afterwards.
 *
 * <p>Two processes that do so at the same time cannot both commit behind the same pointer. The
 * first interval is always on the producer that was initialized first: who has lost that one
 * commits nothing, and who has it has read all that others committed before they lost it. And an
 * interval is committed only if the one before it was.
 *
 * <p>When {@link PendingCommit#commit} returns, the transaction is decided; the brokers write so
 * into the partitions a moment later. {@link #fence} waits for that.
 */
final class KafkaCommitAuthority implements ExchangeAuthority {
  /** How many producers there are, and how many transactions may be open. */
  static final int PRODUCERS = 2;

  private static final Logger LOG = LoggerFactory.getLogger(KafkaCommitAuthority.class);

  /** A commit that comes so late is worth a warning. */
  private static final Duration CLOSE_TO_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(10);

  private final String job;
  private final Optional<JobPart> part;
  private final KafkaOptions options;
  private final KafkaErrors errors;
  private final PointerGroup pointers;
  private final ConsumedOffsets consumed;
  private final List<IntervalProducer> producers;
  private final Map<String, Sink> sinks = new HashMap<>();
  private final Duration timeout;
  private final Clock clock;
  private boolean fenced;
  private long begun;
  private @Nullable Interval writing;

  /** By the clock, in nanoseconds; 0 before the first time. For the thread that commits. */
  private long warnedAt;

  /** Written by the thread that commits, read by the one that writes. */
  private volatile Committed last = new Committed(0, -1);

  /** The number of the interval that was committed last, from 1 on, and its snapshot. */
  private record Committed(long interval, long snapshotId) {}

  /**
   * Takes over two producers, in the order in which they are to be initialized.
   *
   * @param encoders of the sinks, by the names of their streams
   * @param timeout after which the broker aborts a transaction
   */
  KafkaCommitAuthority(
      JobCluster cluster,
      List<Producer<byte[], byte[]>> producers,
      Map<String, RowEncoder> encoders,
      Duration timeout,
      Clock clock) {
    this.job = cluster.job();
    this.part = cluster.part();
    this.options = cluster.options();
    this.errors = cluster.errors();
    this.pointers = PointerGroup.of(cluster);
    this.consumed = new ConsumedOffsets(cluster.job(), cluster.name());
    this.producers =
        producers.stream().map(producer -> new IntervalProducer(producer, errors, clock)).toList();
    this.timeout = timeout;
    this.clock = clock;
    encoders.forEach(
        (stream, encoder) ->
            sinks.put(stream, new IntervalSink(encoder, () -> open().producer.sender())));
  }

  @Override
  public Optional<CommitPointer> fence() {
    requireState(!fenced, "fenced already");
    try {
      producers.forEach(IntervalProducer::initialize);
    } catch (KafkaException e) {
      throw errors.of("cannot take the job's transactions over", e);
    }
    try (Cluster cluster = Cluster.connect(options, errors)) {
      Optional<CommitPointer> found = pointers.find(cluster.committed(pointers.name()), errors);
      last = new Committed(0, found.map(CommitPointer::snapshotId).orElse(-1L));
      fenced = true;
      return found;
    }
  }

  @Override
  public Sink sink(StreamDefinition stream) {
    Sink sink = sinks.get(stream.name());
    if (sink == null) {
      throw new IllegalArgumentException("'" + stream.name() + "' is no sink of this authority");
    }
    return sink;
  }

  @Override
  public ExchangeSink exchange(Exchange exchange) {
    return new KafkaExchangeSink(
        ExchangeTopic.name(exchange, job),
        part.orElseThrow().number(),
        () -> open().producer.sender());
  }

  @Override
  public void begin() {
    requireState(fenced, "not fenced");
    requireState(writing == null, "an interval is open already");
    requireState(begun - last.interval() < PRODUCERS, "the interval before the last one is open");
    IntervalProducer producer = producers.get((int) (begun % PRODUCERS));
    try {
      producer.begin();
    } catch (KafkaException e) {
      throw failed("cannot begin a transaction", 0, e);
    }
    begun++;
    writing = new Interval(begun, producer, clock.nanos());
  }

  @Override
  public PendingCommit end() {
    Interval interval = open();
    interval.producer.sender().flush();
    writing = null;
    return interval;
  }

  private Interval open() {
    Interval interval = writing;
    if (interval == null) {
      throw new IllegalStateException("no interval is open");
    }
    return interval;
  }

  @Override
  public void close() {
    producers.forEach(IntervalProducer::close);
  }

  private static void requireState(boolean isSo, String otherwise) {
    if (!isSo) {
      throw new IllegalStateException(otherwise);
    }
  }

  /**
   * The brokers say with one and the same error that another producer has the transactional id now,
   * and that they aborted the transaction since it took too long.
   *
   * @param nanos for how long the transaction has been open
   */
  private MillraceException failed(String what, long nanos, KafkaException error) {
    if (!KafkaErrors.isFenced(error)) {
      return errors.of(what, error);
    }
    return errors.because(
        what,
        nanos < timeout.toNanos()
            ? "another process of the job has taken over; one process at a time may run a job"
            : "another process of the job has taken over, or Kafka aborted the transaction since it"
                + " was open for "
                + TimeUnit.NANOSECONDS.toMillis(nanos)
                + " ms, which is longer than its timeout of "
                + timeout.toMillis()
                + " ms; if so, have snapshots take less time, by a faster disk or a shorter"
                + " 'commit.interval', or give a longer "
                + TransactionTimeout.option(),
        error);
  }

  /** What was written between {@link #begin} and {@link #end}. */
  private final class Interval implements PendingCommit {
    private final long number;
    private final IntervalProducer producer;
    private final long start;

    Interval(long number, IntervalProducer producer, long start) {
      this.number = number;
      this.producer = producer;
      this.start = start;
    }

    @Override
    public void commit(CommitPointer pointer, List<SourcePositions> positions) {
      requireState(number == last.interval() + 1, "the interval before this one is not committed");
      if (pointer.snapshotId() <= last.snapshotId()) {
        throw new IllegalArgumentException(pointer + " is not behind " + last);
      }
      String what = "cannot commit snapshot " + pointer.snapshotId();
      try {
        consumed.byGroup(positions).forEach((group, offsets) -> producer.add(group, offsets));
        producer.add(pointers.name(), pointers.offsets(pointer));
        producer.commit();
      } catch (KafkaException e) {
        throw failed(what, clock.nanos() - start, e);
      } catch (IllegalStateException e) { // of the producer
        throw errors.because(what, "the job's transactions were closed meanwhile", e);
      }
      last = new Committed(number, pointer.snapshotId());
      warnIfHardlyInTime(pointer.snapshotId());
    }

    /** The next one may take longer, and be too late. */
    private void warnIfHardlyInTime(long snapshotId) {
      long end = clock.nanos();
      boolean isClose = end - start > timeout.minus(CLOSE_TO_TIMEOUT).toNanos();
      if (isClose && (warnedAt == 0 || end - warnedAt > BETWEEN_WARNINGS.toNanos())) {
        warnedAt = end;
        LOG.warn(
            "{}",
            errors.about(
                "the transaction of snapshot "
                    + snapshotId
                    + " was open for "
                    + TimeUnit.NANOSECONDS.toMillis(end - start)
                    + " ms, and Kafka aborts it after "
                    + timeout.toMillis()
                    + " ms; have snapshots take less time, by a faster disk or a shorter"
                    + " 'commit.interval', or give a longer "
                    + TransactionTimeout.option()));
      }
    }
  }
}
