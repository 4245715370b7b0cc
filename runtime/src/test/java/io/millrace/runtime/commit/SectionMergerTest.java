package io.millrace.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.commit.SectionMerger.Merged;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.SnapshotWriter;
import io.millrace.spi.state.LongValue;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.snapshot.MemorySnapshotStore;
import io.millrace.testkit.time.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sections of a snapshot that all have more parts than there may be, one of them damaged. */
final class SectionMergerTest {
  private static final int SNAPSHOTS = SectionMerger.MOST_PARTS + 1;
  private static final String DAMAGED = SectionNames.OPERATOR + "damaged";
  private final VirtualClock clock = new VirtualClock();
  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private final SectionMerger merger = new SectionMerger("job", store, identity -> state(), clock);

  private static HeapStateBackend state() {
    HeapStateBackend state = new HeapStateBackend();
    state.longValue("v");
    return state;
  }

  /** The first section has one part more, so it is the most urgent one. */
  private Manifest snapshot(String... names) {
    @Nullable Manifest last = null;
    List<HeapStateBackend> states = new ArrayList<>();
    List<LongValue> values = new ArrayList<>();
    for (int id = 1; id <= SNAPSHOTS + 1; id++) {
      try (SnapshotWriter writer = store.begin("job", id, last)) {
        for (int i = 0; i < names.length; i++) {
          String section = SectionNames.OPERATOR + names[i];
          boolean isFirst = id == 1 || (id == 2 && i > 0);
          if (id == 1) {
            HeapStateBackend state = new HeapStateBackend();
            states.add(state);
            values.add(state.longValue("v"));
          }
          values.get(i).set(id);
          if (isFirst) {
            writer.writeFull(section, states.get(i).capture(true));
          } else {
            writer.writeChanges(section, states.get(i).capture(false));
          }
        }
        last = writer.finish(id, Map.of());
      }
    }
    return store.manifest(SNAPSHOTS + 1);
  }

  /** The names of the sections that are merged, one after the other; a dash where one fails. */
  private List<String> merge(Manifest manifest, int times) {
    List<String> merged = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      merger.offer(manifest);
      if (merger.doWork() > 0) {
        merged.add(merger.poll().map(Merged::section).map(it -> it.name()).orElse("-"));
      }
    }
    return merged;
  }

  @Test
  void shouldMergeOthersWhenASectionIsDamaged() {
    Manifest manifest = snapshot("damaged", "b");
    store.damage(manifest.findSection(DAMAGED).orElseThrow().parts().get(3));

    assertThat(merge(manifest, 3))
        .containsExactly("-", SectionNames.OPERATOR + "b", SectionNames.OPERATOR + "b");
    clock.advance(Duration.ofSeconds(1));
    assertThat(merge(manifest, 3))
        .containsExactly("-", SectionNames.OPERATOR + "b", SectionNames.OPERATOR + "b");
  }

  @Test
  void shouldTryADamagedSectionLaterAndLater() {
    Manifest manifest = snapshot("damaged");
    store.damage(manifest.findSection(DAMAGED).orElseThrow().parts().get(3));
    assertThat(merge(manifest, 2)).containsExactly("-");
    for (int seconds : new int[] {1, 2, 4}) {
      clock.advance(Duration.ofSeconds(seconds));
      assertThat(merge(manifest, 2)).containsExactly("-");
    }
  }
}
