package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.connector.SinkContext;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.data.Batch;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.option.OptionSpec;
import io.millrace.spi.time.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sinks that cannot write their last rows, as on a full disk. */
final class JobClosingTest {
  private static final String TWO_SINKS =
      """
      CREATE STREAM T (x INT);
      CREATE STREAM A WITH (connector = 'full') AS SELECT x FROM T;
      CREATE STREAM B WITH (connector = 'full') AS SELECT x FROM T;
      """;
  private final FullDisk disk = new FullDisk();
  private final Engine engine = Engine.builder().clock(new VirtualClock(0)).connector(disk).build();

  /** A connector whose sinks named A fail when they are closed. */
  private static final class FullDisk implements SinkConnector {
    private final List<String> closed = new ArrayList<>();

    @Override
    public String name() {
      return "full";
    }

    @Override
    public String description() {
      return "Cannot write.";
    }

    @Override
    public FormatUse formatUse() {
      return FormatUse.NONE;
    }

    @Override
    public List<OptionSpec> options() {
      return List.of();
    }

    @Override
    public Sink open(StreamDefinition stream, SinkContext context) {
      return new FullSink(stream.name(), closed);
    }
  }

  private record FullSink(String name, List<String> closed) implements Sink {
    @Override
    public void write(Batch batch) {}

    @Override
    public void flush() {}

    @Override
    public void close() {
      closed.add(name);
      if (name.equals("A")) {
        throw new MillraceException("cannot write 'A': no space left");
      }
    }
  }

  @Test
  void shouldCloseTheOtherSinksWhenOneCannotBeClosed() {
    Job job = engine.deploy(TWO_SINKS);
    job.start();
    job.input("T").send(Map.of("x", 1));
    assertThatThrownBy(job::stop).hasMessage("cannot write 'A': no space left");
    assertThat(disk.closed).containsExactly("A", "B");
  }

  @Test
  void shouldHaveFailedWhenASinkCannotBeClosed() {
    Job job = engine.deploy(TWO_SINKS);
    job.start();
    assertThatThrownBy(job::stop).isInstanceOf(MillraceException.class);
    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.failure()).get().isInstanceOf(MillraceException.class);
    job.stop();
    assertThatThrownBy(() -> job.input("T").send(Map.of("x", 1)))
        .hasMessageContaining("takes no rows: it is failed");
  }

  @Test
  void shouldCloseTheOtherJobsWhenOneCannotBeClosed() {
    engine.deploy(TWO_SINKS);
    Job other =
        engine.deploy(
            "CREATE STREAM U (x INT); CREATE STREAM C WITH (connector = 'full') AS SELECT x FROM"
                + " U;");
    assertThatThrownBy(engine::close).hasMessage("cannot write 'A': no space left");
    assertThat(other.state()).isEqualTo(JobState.STOPPED);
    assertThat(disk.closed).contains("A", "B", "C");
  }
}
