package io.millrace.runtime.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.time.Slack;
import io.millrace.spi.time.Timeline;
import org.junit.jupiter.api.Test;

class PartitionTimelinesTest {
  private final PartitionTimelines timelines =
      new PartitionTimelines(EntryPort.EntryTime.event(Slack.NONE, 30_000), 2);

  /** Whoever asks for it may do so at any time, so that a turn must not be looked into. */
  @Test
  void shouldTellWhatWasReachedWithTheTurnBefore() {
    timelines.beginAdvance(0, 0, 10);
    timelines.end();
    timelines.beginAdvance(1, 2, 20);
    assertThat(timelines.reached()).isEqualTo(Timeline.NEVER);
    timelines.end();
    assertThat(timelines.reached()).isEqualTo(10);

    timelines.beginIdle(0, 4);
    assertThat(timelines.reached()).isEqualTo(10);
    timelines.end();
    assertThat(timelines.reached()).isEqualTo(20);
  }
}
