package io.millrace.engine.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.exchange.SimulatedParts.Part;
import io.millrace.operators.graph.GraphNode;
import io.millrace.operators.graph.OperatorGraph;
import io.millrace.operators.sort.SortSpec;
import io.millrace.runtime.circuit.Circuit;
import io.millrace.runtime.circuit.Circuit.EntrySpec;
import io.millrace.runtime.circuit.CircuitJob;
import io.millrace.runtime.circuit.EntryPort;
import io.millrace.runtime.commit.JobImage;
import io.millrace.runtime.commit.JobRestore;
import io.millrace.spi.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that give each other rows, of which some are idle. */
final class SilentPartsTest {
  private static final int RUNS = Integer.getInteger("millrace.silent.runs", 60);
  private static final long LAST = 1_000_000;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldGoOnWithoutAnIdlePart(boolean isSpread) {
    SimulatedParts parts = new SimulatedParts(3, isSpread);
    give(parts.part(0), 100, "a");
    give(parts.part(1), 110, "b");
    give(parts.part(2), 10, "c");
    parts.settle();
    assertThat(parts.told()).isEmpty();

    parts.part(2).fallSilent();
    parts.settle();
    assertThat(parts.told()).containsExactly("10 c");
    give(parts.part(2), 99, "late");
    give(parts.part(2), 101, "d");
    parts.settle();
    assertThat(parts.told()).containsExactly("10 c", "late 99 late");

    give(parts.part(0), 200, "e");
    give(parts.part(1), 200, "f");
    parts.settle();
    assertThat(parts.told()).contains("100 a").doesNotContain("101 d", "110 b");
  }

  /** They were left out by nobody, so that is what they must not be behind. */
  @Test
  void shouldFindRowsLateOnlyByWhatThePartHasSaidItself() {
    SimulatedParts parts = new SimulatedParts(2, true);
    parts.part(1).fallSilent();
    give(parts.part(0), 100, "a");
    parts.settle();
    give(parts.part(0), 200, "b");
    parts.part(0).commit();
    give(parts.part(1), 150, "not late");
    parts.settle();
    give(parts.part(0), LAST, "z");
    give(parts.part(1), LAST, "z");
    parts.settle();

    assertThat(parts.told()).containsExactly("100 a", "150 not late", "200 b");
  }

  @Test
  void shouldNotWaitForEachOtherWhenAllPartsButOneAreIdle() {
    SimulatedParts parts = new SimulatedParts(4, true);
    for (int part = 1; part < 4; part++) {
      parts.part(part).fallSilent();
    }
    parts.settle();
    for (int time = 1; time <= 5; time++) {
      give(parts.part(0), time, "n");
      parts.settle();
      for (int part = 0; part < 4; part++) {
        assertThat(parts.part(part).watermark()).isEqualTo(time);
      }
    }
  }

  @Test
  void shouldGoToTheGreatestWatermarkWhenAllPartsAreIdle() {
    SimulatedParts parts = new SimulatedParts(3, true);
    give(parts.part(0), 7, "a");
    give(parts.part(1), 5, "b");
    parts.settle();
    IntStream.range(0, 3).forEach(part -> parts.part(part).fallSilent());
    parts.settle();

    IntStream.range(0, 3).forEach(part -> assertThat(parts.part(part).watermark()).isEqualTo(7));
  }

  /** The others are read to the end after a restart before any of them is held for silent. */
  @Test
  void shouldSayAfterARestartThatItIsIdleOnlyWhenItIsSilentAgain() {
    SimulatedParts parts = new SimulatedParts(2, true);
    parts.part(1).fallSilent();
    give(parts.part(0), 100, "a");
    parts.settle();
    parts.part(1).append(150, "was there before");
    parts.part(0).die();
    parts.part(1).die();
    give(parts.part(0), 200, "b");
    parts.settle();
    assertThat(parts.part(0).watermark()).isEqualTo(100);
    parts.part(1).append(99, "late");
    parts.part(1).takeAll();
    parts.settle();
    give(parts.part(0), LAST, "z");
    give(parts.part(1), LAST, "z");
    parts.settle();

    assertThat(parts.told())
        .containsExactly("100 a", "150 was there before", "200 b", "late 99 late");
  }

  /** What is said of a part is saved by those that have read it, and is said no more. */
  @Test
  void shouldRememberAfterARestartWhoIsIdle() {
    SimulatedParts parts = new SimulatedParts(3, true);
    parts.part(1).fallSilent();
    parts.part(2).fallSilent();
    give(parts.part(0), 100, "a");
    parts.settle();
    parts.part(1).die();
    parts.part(1).fallSilent();
    give(parts.part(0), 200, "b");
    parts.part(0).commit();
    parts.part(1).read();
    parts.part(1).commit();

    assertThat(parts.part(1).lateBy()).isEqualTo(200);
  }

  @Test
  void shouldTellNoOperatorOfTheWatermarkWhereAllRowsGoToAnotherPart() {
    SimulatedParts parts = new SimulatedParts(2, false);
    give(parts.part(0), 100, "a");
    give(parts.part(1), 100, "b");
    parts.settle();
    assertThat(parts.part(0).watermark()).isEqualTo(100);
    assertThat(parts.part(1).watermark()).isEqualTo(Timeline.NEVER);

    parts.part(1).die();
    assertThat(parts.part(1).watermark()).isEqualTo(Timeline.NEVER);
  }

  @Test
  void shouldSayAtOnceHowFarOthersAre() {
    SimulatedParts parts = new SimulatedParts(2, true);
    give(parts.part(1), 5, "a");
    parts.settle();
    give(parts.part(0), 100, "b");
    parts.part(0).commit();
    parts.part(1).fallSilent();
    parts.part(1).read();
    parts.part(1).commit();

    assertThat(parts.part(1).lateBy()).isEqualTo(100);
  }

  @Test
  void shouldWaitAfterARestartForAPartThatWasIdleAndHasSaidNothingElse() {
    SimulatedParts parts = new SimulatedParts(3, true);
    parts.part(1).fallSilent();
    parts.settle();
    parts.part(1).die();
    parts.settle();
    parts.part(2).fallSilent();
    give(parts.part(0), 100, "a");
    parts.settle();

    assertThat(parts.part(2).lateBy()).isEqualTo(Timeline.NEVER);
  }

  private static void give(Part part, long time, String name) {
    part.append(time, name);
    part.takeAll();
  }

  /** Each step is seen by all before the next, as in one process. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldGiveWhatOneJobGives(boolean isSpread) {
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(4);
      SimulatedParts parts = new SimulatedParts(count, isSpread);
      OneJob one = new OneJob(count);
      for (int step = 0; step < 60; step++) {
        int part = random.nextInt(count);
        int choice = random.nextInt(10);
        if (choice < 6) {
          long time = step * 5L + random.nextInt(100);
          give(parts.part(part), time, "r" + step);
          one.send(part, time, "r" + step);
        } else if (choice < 9) {
          parts.part(part).fallSilent();
          one.fallSilent(part);
        } else {
          IntStream.range(0, count).forEach(i -> parts.part(i).die());
          one.restart();
        }
        parts.settle();
        assertThat(parts.told()).as("seed %s, step %s", seed, step).isEqualTo(one.told());
      }
    }
  }

  /** Parts read, commit and die whenever they like. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldLoseAndDoubleNothing(boolean isSpread) {
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      int count = 2 + random.nextInt(3);
      SimulatedParts parts = new SimulatedParts(count, isSpread);
      List<String> names = new ArrayList<>();
      for (int step = 0; step < 200; step++) {
        Part part = parts.part(random.nextInt(count));
        switch (random.nextInt(12)) {
          case 0, 1, 2 -> {
            long time = step * 5L + random.nextInt(100);
            part.append(time, "r" + step);
            names.add(time + " r" + step);
          }
          case 3, 4, 5 -> part.take();
          case 6 -> part.fallSilent();
          case 7, 8 -> part.read();
          case 9, 10 -> part.commit();
          default -> part.die();
        }
        assertNobodyIsOvertaken(parts, count, seed);
      }
      for (int part = 0; part < count; part++) {
        parts.part(part).append(LAST, "z");
        parts.part(part).takeAll();
      }
      parts.settle();
      assertThat(parts.told().stream().map(told -> told.replace("late ", "")))
          .as("seed %s", seed)
          .containsExactlyInAnyOrderElementsOf(names);
      for (int part = 0; part < count; part++) {
        assertThat(
                parts.part(part).told().stream()
                    .filter(told -> !told.startsWith("late"))
                    .map(told -> Long.parseLong(told.split(" ")[0])))
            .as("seed %s", seed)
            .isSorted();
      }
    }
  }

  /** Whatever a part has yet to send, it is late by no less than others have gone on. */
  private static void assertNobodyIsOvertaken(SimulatedParts parts, int count, int seed) {
    for (int reader = 0; reader < count; reader++) {
      for (int sender = 0; sender < count; sender++) {
        assertThat(parts.part(reader).watermark())
            .as("seed %s", seed)
            .isLessThanOrEqualTo(parts.part(sender).lateBy());
      }
    }
  }

  /** The same in one process that reads all partitions. */
  private static final class OneJob {
    private final int partitions;
    private final List<String> told = new ArrayList<>();
    private Circuit circuit = SimulatedParts.circuit();
    private CircuitJob job;

    OneJob(int partitions) {
      this.partitions = partitions;
      this.job = open();
    }

    private CircuitJob open() {
      List<GraphNode> nodes = new ArrayList<>();
      nodes.add(new GraphNode.Entry(0, "S", SimulatedParts.NAMES));
      SortSpec sort = new SortSpec(SimulatedParts.NAMES);
      nodes.add(new GraphNode.Step(1, sort, List.of(0), 1, "q", "sort"));
      nodes.add(new GraphNode.Exit(2, "Out", 1, SimulatedParts.NAMES));
      CircuitJob opened =
          circuit.add(
              new OperatorGraph(nodes),
              Map.of("S", new EntrySpec(SimulatedParts.SILENT, partitions, true)),
              SimulatedParts.evaluation(),
              new SimulatedParts.Listener(
                  exit -> batch -> SimulatedParts.Listener.write("", batch, told), told),
              1);
      opened.listen("Out");
      return opened;
    }

    private EntryPort port() {
      return job.findEntry("S").orElseThrow();
    }

    void send(int partition, long time, String name) {
      SimulatedParts.send(circuit, port(), partition, time, name);
    }

    void fallSilent(int partition) {
      circuit.leaveOut(port(), partition);
    }

    void restart() {
      byte[] image = JobImage.of(job).toBytes();
      circuit = SimulatedParts.circuit();
      job = open();
      new JobRestore(JobImage.ofBytes(image), 0, false).restore(job, Map.of());
      assertThat(port().watermark()).isGreaterThanOrEqualTo(Timeline.NEVER);
    }

    List<String> told() {
      return told.stream().sorted().toList();
    }
  }
}
