package io.millrace.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import io.millrace.spi.snapshot.SnapshotContent;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is done with a store, one after the other, and what must be in it whenever that
 * comes to an end.
 */
final class StoreScript {
  /** What was finished and is retained: by id, the texts of the sections. */
  private final Map<Long, Map<String, String>> finished = new HashMap<>();

  /** What may be there as well: what is being written, or removed. */
  private final Map<Long, Set<Map<String, String>>> possible = new HashMap<>();

  void run(SnapshotStore store) {
    Manifest first = write(store, 1, null, "a:full:1", "b:full:2");
    Manifest second = write(store, 2, first, "a:changes:+2", "b:keep");
    Part merged = store.writeMerged(text("1+2"));
    Manifest third = write(store, 3, second, merged, "a:changes:+3", "b:changes:+3");
    retain(store, 2, 3);
    write(store, 4, third, "a:full:4");
    write(store, 4, third, "a:full:again", "b:keep");
    retain(store, 4);
    write(store, 5, store.manifest(4), "a:keep", "b:keep");
  }

  /** Checks a store that was opened again, and goes on with it. */
  void check(SnapshotStore store) {
    assertThat(store.ids()).containsAll(finished.keySet());
    for (long id : store.ids()) {
      Set<Map<String, String>> allowed = new HashSet<>(possible.getOrDefault(id, Set.of()));
      if (finished.containsKey(id)) {
        allowed.add(finished.get(id));
      }
      assertThat(contents(store, store.manifest(id))).as("snapshot %d", id).isIn(allowed);
    }
    List<Long> ids = store.ids();
    Manifest newest = ids.isEmpty() ? null : store.manifest(ids.get(ids.size() - 1));
    String[] sections = newest == null ? new String[] {"a:full:9"} : new String[] {"a:changes:+9"};
    write(store, 9, newest, sections);
    retain(store, 9);
    assertThat(store.ids()).containsExactly(9L);
    assertThat(contents(store, store.manifest(9))).isEqualTo(finished.get(9L));
  }

  private Manifest write(
      SnapshotStore store, long id, @Nullable Manifest previous, String... sections) {
    return write(store, id, previous, null, sections);
  }

  private Manifest write(
      SnapshotStore store,
      long id,
      @Nullable Manifest previous,
      @Nullable Part merged,
      String... sections) {
    Map<String, String> before = previous == null ? Map.of() : contents(store, previous);
    Map<String, String> expected = new LinkedHashMap<>();
    for (String section : sections) {
      String[] words = section.split(":");
      String old = before.getOrDefault(words[0], "");
      String text = words.length == 3 ? words[2] : "";
      expected.put(words[0], words[1].equals("full") ? text : old + text);
    }
    possible.computeIfAbsent(id, any -> new HashSet<>()).add(expected);
    try (SnapshotWriter writer = store.begin("job", id, previous)) {
      if (merged != null) {
        writer.replace("a", 2, merged);
      }
      for (String section : sections) {
        String[] words = section.split(":");
        switch (words[1]) {
          case "full" -> writer.writeFull(words[0], text(words[2]));
          case "changes" -> writer.writeChanges(words[0], text(words[2]));
          default -> writer.keep(words[0]);
        }
      }
      Manifest manifest = writer.finish(0, Map.of());
      finished.put(id, expected);
      possible.remove(id);
      return manifest;
    } catch (RuntimeException e) {
      // A snapshot that was to be replaced may be gone, if the process has not ended.
      Map<String, String> replaced = finished.remove(id);
      if (replaced != null) {
        possible.computeIfAbsent(id, any -> new HashSet<>()).add(replaced);
      }
      throw e;
    }
  }

  private void retain(SnapshotStore store, long... ids) {
    Set<Long> retained = LongStream.of(ids).boxed().collect(Collectors.toSet());
    for (long id : List.copyOf(finished.keySet())) {
      if (!retained.contains(id)) {
        possible
            .computeIfAbsent(id, any -> new HashSet<>())
            .add(Objects.requireNonNull(finished.remove(id)));
      }
    }
    store.retain(retained);
  }

  private static Map<String, String> contents(SnapshotStore store, Manifest manifest) {
    Map<String, String> contents = new LinkedHashMap<>();
    for (Section section : manifest.sections()) {
      StringBuilder text = new StringBuilder();
      for (Part part : section.parts()) {
        store.read(
            part,
            in -> {
              for (long i = 0; i < part.length(); i++) {
                text.append((char) in.readByte());
              }
            });
      }
      contents.put(section.name(), text.toString());
    }
    return contents;
  }

  private static SnapshotContent text(String text) {
    return out -> out.writeBytes(text);
  }
}
