package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.Source;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.RecordingRowWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Waiting for a topic ends early where a job has other inputs, which have something. */
@ExtendWith(KafkaBrokerExtension.class)
final class KafkaInterruptionBrokerTest {
  private static final Field N = new Field("n", DataType.BIGINT);

  private final KafkaBroker broker;

  KafkaInterruptionBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  @Test
  void shouldLoseNothingWhenItsWaitsAreInterrupted() throws InterruptedException {
    TestTopic topic = TestTopic.create(broker, "source-interrupted", 1);
    KafkaStream stream =
        KafkaStream.of(broker, topic.name(), N).with("kafka.max.poll.records", "3");
    RecordingRowWriter writer = stream.writer();
    Interruptions interruptions = new Interruptions(Thread.currentThread());
    interruptions.start();
    try (Source source = stream.openSource()) {
      for (int from = 0; from < 1000; from += 100) {
        topic.send(
            LongStream.range(from, from + 100)
                .mapToObj(n -> "{\"n\":" + n + "}")
                .toArray(String[]::new));
        long start = System.nanoTime();
        while (writer.rows().size() < from + 100) {
          assertThat(System.nanoTime() - start).isLessThan(Duration.ofMinutes(5).toNanos());
          source.poll(0, writer, 7);
          interruptions.during(() -> source.await(Duration.ofMillis(50)));
        }
      }
    } finally {
      interruptions.end();
    }

    assertThat(writer.values())
        .isEqualTo(LongStream.range(0, 1000).mapToObj(n -> (Object) List.<Object>of(n)).toList());
    assertThat(interruptions.count).isPositive();
  }

  /** Interrupts a thread again and again while it may. */
  private static final class Interruptions extends Thread {
    private final Thread target;
    private boolean isAllowed;
    private int count;
    private volatile boolean isOver;

    Interruptions(Thread target) {
      this.target = target;
    }

    @Override
    public void run() {
      while (!isOver) {
        LockSupport.parkNanos(300_000);
        synchronized (this) {
          if (isAllowed) {
            target.interrupt();
            count++;
          }
        }
      }
    }

    void during(Runnable action) {
      synchronized (this) {
        isAllowed = true;
      }
      action.run();
      synchronized (this) {
        isAllowed = false;
        Thread.interrupted();
      }
    }

    void end() throws InterruptedException {
      isOver = true;
      join();
    }
  }
}
