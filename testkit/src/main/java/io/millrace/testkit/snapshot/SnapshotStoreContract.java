package io.millrace.testkit.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import io.millrace.spi.snapshot.SnapshotContent;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every snapshot store does. The tests of a store extend it. */
public abstract class SnapshotStoreContract {
  private static final String JOB = "job \"1\"\nü";

  private SnapshotStore store;

  /** Opens the store, which is empty when a test begins; what was finished before is there. */
  protected abstract SnapshotStore open();

  @BeforeEach
  void openEmpty() {
    store = open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void shouldHaveNoSnapshotsWhenNew() {
    assertThat(store.ids()).isEmpty();
    assertThatThrownBy(() -> store.manifest(1)).isInstanceOf(DamagedSnapshotException.class);
  }

  @Test
  void shouldGiveBackWhatWasWrittenWhenOpenedAgain() {
    byte[] large = bytes(300_000);
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("script", "SELECT 'ü \\ \"x\"'\r\n\tFROM \uD800 🦊;");
    attributes.put("", "");
    Manifest written;
    try (SnapshotWriter writer = store.begin(JOB, 7, null)) {
      writer.writeFull("large\n\"1\"", out -> out.write(large));
      writer.writeFull("empty", out -> {});
      writer.writeFull(
          "small",
          out -> {
            out.writeLong(Long.MIN_VALUE);
            out.writeUTF("text");
          });
      written = writer.finish(-1, attributes);
    }
    reopen();

    assertThat(store.ids()).containsExactly(7L);
    Manifest read = store.manifest(7);
    assertThat(read).isEqualTo(written);
    assertThat(read.job()).isEqualTo(JOB);
    assertThat(read.takenAtMillis()).isEqualTo(-1);
    assertThat(List.copyOf(read.attributes().entrySet()))
        .isEqualTo(List.copyOf(attributes.entrySet()));
    assertThat(read.sections().stream().map(Section::name))
        .containsExactly("large\n\"1\"", "empty", "small");
    assertThat(read.length()).isEqualTo(300_014);
    assertThat(content(read, "large\n\"1\"")).containsExactly(large);
    assertThat(content(read, "empty")).isEmpty();
    store.read(
        part(read, "small", 0),
        in -> {
          assertThat(in.readLong()).isEqualTo(Long.MIN_VALUE);
          assertThat(in.readUTF()).isEqualTo("text");
        });
  }

  @Test
  void shouldAddAndKeepPartsWhenBuiltOnPrevious() {
    Manifest first = write(1, null, "a", "1", "b", "2", "gone", "3");
    Manifest second;
    try (SnapshotWriter writer = store.begin(JOB, 2, first)) {
      writer.keep("b");
      writer.writeChanges("a", text("+4"));
      second = writer.finish(0, Map.of());
    }
    reopen();

    assertThat(store.ids()).containsExactly(1L, 2L);
    assertThat(store.manifest(2)).isEqualTo(second);
    assertThat(contents(second)).isEqualTo(Map.of("a", "1|+4", "b", "2"));
    assertThat(contents(first)).isEqualTo(Map.of("a", "1", "b", "2", "gone", "3"));
    assertThat(second.sections().get(1).lengthOfChanges()).isEqualTo(2);
  }

  @Test
  void shouldTakeMergedPartWhenReplaced() {
    Manifest first = write(1, null, "a", "1", "b", "2");
    Manifest third = change(3, change(2, first, "a", "+2"), "a", "+3");
    Part merged = store.writeMerged(text("12"));
    assertThat(merged.isFull()).isTrue();

    Manifest fourth;
    try (SnapshotWriter writer = store.begin(JOB, 4, third)) {
      writer.replace("a", 2, merged);
      writer.writeChanges("a", text("+4"));
      writer.keep("b");
      fourth = writer.finish(0, Map.of());
    }
    store.retain(Set.of(4L));
    reopen();

    assertThat(contents(store.manifest(4))).isEqualTo(Map.of("a", "12|+3|+4", "b", "2"));
    assertThat(contents(change(5, fourth, "a", "+5")))
        .isEqualTo(Map.of("a", "12|+3|+4|+5", "b", "2"));
  }

  @Test
  void shouldKeepMergedPartWhenNoWriterHasTakenItOver() {
    Manifest first = write(1, null, "a", "1");
    Part merged;
    try (SnapshotWriter writer = store.begin(JOB, 2, first)) {
      merged = store.writeMerged(text("merged"));
      writer.keep("a");
      writer.finish(0, Map.of());
    }
    store.retain(Set.of(2L));
    store.begin(JOB, 3, store.manifest(2)).close();
    Manifest third = change(3, store.manifest(2), "a", "+3");
    store.retain(Set.of(3L));
    Manifest fourth;
    try (SnapshotWriter writer = store.begin(JOB, 4, third)) {
      writer.replace("a", 2, merged);
      writer.keep("a");
      fourth = writer.finish(0, Map.of());
    }
    store.retain(Set.of(4L));
    assertThat(contents(fourth)).isEqualTo(Map.of("a", "merged"));

    write(5, null, "a", "5");
    store.retain(Set.of(5L));
    assertThatThrownBy(() -> text(merged)).isInstanceOf(DamagedSnapshotException.class);
  }

  @Test
  void shouldRemoveMergedPartWhenAnotherCameAndWasThereForWriter() {
    Manifest first = write(1, null, "a", "1");
    Part unwanted = store.writeMerged(text("unwanted"));
    Manifest second;
    Part latest;
    try (SnapshotWriter writer = store.begin(JOB, 2, first)) {
      latest = store.writeMerged(text("latest"));
      writer.keep("a");
      store.retain(Set.of(1L));
      assertThat(text(unwanted)).isEqualTo("unwanted");
      second = writer.finish(0, Map.of());
    }
    Manifest third = change(3, second, "a", "+3");
    store.retain(Set.of(3L));
    assertThat(text(latest)).isEqualTo("latest");
    assertThatThrownBy(() -> text(unwanted)).isInstanceOf(DamagedSnapshotException.class);
    try (SnapshotWriter writer = store.begin(JOB, 4, third)) {
      assertThatThrownBy(() -> writer.replace("a", 1, unwanted))
          .isInstanceOf(DamagedSnapshotException.class);
    }
  }

  @Test
  void shouldRemoveAllButRetainedWhenRetaining() {
    Manifest first = write(1, null, "a", "1", "b", "2");
    Manifest second = change(2, first, "a", "+2");
    Manifest third = write(3, null, "a", "new");
    store.retain(Set.of(2L, 3L));
    assertThat(store.ids()).containsExactly(2L, 3L);
    assertThat(contents(second)).isEqualTo(Map.of("a", "1|+2", "b", "2"));

    store.retain(Set.of(3L));
    reopen();
    assertThat(store.ids()).containsExactly(3L);
    assertThat(contents(third)).isEqualTo(Map.of("a", "new"));
    assertThatThrownBy(() -> contents(second)).isInstanceOf(DamagedSnapshotException.class);

    store.retain(Set.of());
    assertThat(store.ids()).isEmpty();
  }

  @Test
  void shouldRetainOthersWhenOneIsNotThere() {
    Manifest first = write(1, null, "a", "1");
    store.retain(Set.of(1L, 2L));
    assertThat(contents(first)).isEqualTo(Map.of("a", "1"));
    assertThat(store.ids()).containsExactly(1L);
  }

  @Test
  void shouldLeaveAloneWhatOpenWriterBuildsOnWhenRetaining() {
    Manifest first = write(1, null, "a", "1", "b", "2");
    Manifest second;
    try (SnapshotWriter writer = store.begin(JOB, 2, first)) {
      writer.writeChanges("a", text("+2"));
      store.retain(Set.of());
      writer.keep("b");
      second = writer.finish(0, Map.of());
    }
    store.retain(Set.of(2L));
    assertThat(contents(second)).isEqualTo(Map.of("a", "1|+2", "b", "2"));
  }

  @Test
  void shouldSeeNothingWhenWriterIsAbandoned() {
    Manifest first = write(1, null, "a", "1");
    try (SnapshotWriter writer = store.begin(JOB, 2, first)) {
      writer.keep("a");
      writer.writeFull("b", text("never"));
    }
    assertThat(store.ids()).containsExactly(1L);
    assertThat(contents(write(2, null, "a", "other"))).isEqualTo(Map.of("a", "other"));
  }

  @Test
  void shouldReplaceSnapshotWhenIdIsThere() {
    Manifest first = write(1, null, "a", "old", "b", "kept");
    try (SnapshotWriter writer = store.begin(JOB, 1, first)) {
      writer.writeFull("a", text("new"));
      writer.keep("b");
      assertThat(store.manifest(1)).isEqualTo(first);
      writer.finish(0, Map.of());
    }
    store.retain(Set.of(1L));
    reopen();
    assertThat(contents(store.manifest(1))).isEqualTo(Map.of("a", "new", "b", "kept"));
  }

  @Test
  void shouldRefuseWhenWriterIsMisused() {
    Manifest first = write(1, null, "a", "1");
    SnapshotWriter writer = store.begin(JOB, 2, first);
    assertThatThrownBy(() -> store.begin(JOB, 3, first)).isInstanceOf(IllegalStateException.class);
    writer.keep("a");
    assertThatThrownBy(() -> writer.writeFull("a", text("twice")))
        .isInstanceOf(IllegalStateException.class);
    writer.close();
    assertThatThrownBy(() -> writer.finish(0, Map.of())).isInstanceOf(IllegalStateException.class);

    try (SnapshotWriter other = store.begin(JOB, 2, first)) {
      assertThatThrownBy(() -> other.writeChanges("b", text("x")))
          .isInstanceOf(IllegalStateException.class);
    }
    try (SnapshotWriter other = store.begin(JOB, 2, null)) {
      assertThatThrownBy(() -> other.keep("a")).isInstanceOf(IllegalStateException.class);
    }
    assertThat(store.ids()).containsExactly(1L);
  }

  @Test
  void shouldThrowWhatContentAndReaderThrow() {
    Manifest first = write(1, null, "a", "1");
    RuntimeException failure = new IllegalArgumentException("a codec");
    SnapshotContent failing =
        out -> {
          out.writeLong(1);
          throw failure;
        };
    try (SnapshotWriter writer = store.begin(JOB, 2, first)) {
      assertThatThrownBy(() -> writer.writeFull("b", failing)).isSameAs(failure);
    }
    assertThatThrownBy(() -> store.writeMerged(failing)).isSameAs(failure);
    assertThatThrownBy(
            () ->
                store.read(
                    part(first, "a", 0),
                    in -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(store.ids()).containsExactly(1L);
  }

  @Test
  void shouldRemoveWhatIsNotFinishedWhenClosed() {
    SnapshotWriter writer = store.begin(JOB, 1, null);
    writer.writeFull("a", text("never"));
    reopen();
    assertThat(store.ids()).isEmpty();
    assertThat(contents(write(1, null, "a", "1"))).isEqualTo(Map.of("a", "1"));
  }

  private void reopen() {
    store.close();
    store = open();
  }

  private Manifest write(long id, @Nullable Manifest previous, String... namesAndTexts) {
    try (SnapshotWriter writer = store.begin(JOB, id, previous)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        writer.writeFull(namesAndTexts[i], text(namesAndTexts[i + 1]));
      }
      return writer.finish(0, Map.of());
    }
  }

  private Manifest change(long id, Manifest previous, String changed, String text) {
    try (SnapshotWriter writer = store.begin(JOB, id, previous)) {
      for (Section section : previous.sections()) {
        if (section.name().equals(changed)) {
          writer.writeChanges(changed, text(text));
        } else {
          writer.keep(section.name());
        }
      }
      return writer.finish(0, Map.of());
    }
  }

  /** The parts of all sections, as they were written as texts. */
  private Map<String, String> contents(Manifest manifest) {
    Map<String, String> contents = new LinkedHashMap<>();
    for (Section section : manifest.sections()) {
      List<String> texts = new ArrayList<>();
      section.parts().forEach(part -> texts.add(text(part)));
      contents.put(section.name(), String.join("|", texts));
    }
    return contents;
  }

  private static SnapshotContent text(String text) {
    return out -> out.writeBytes(text);
  }

  private String text(Part part) {
    StringBuilder text = new StringBuilder();
    store.read(
        part,
        in -> {
          for (long i = 0; i < part.length(); i++) {
            text.append((char) in.readByte());
          }
        });
    return text.toString();
  }

  private byte[] content(Manifest manifest, String section) {
    Part part = part(manifest, section, 0);
    byte[] bytes = new byte[(int) part.length()];
    store.read(part, in -> in.readFully(bytes));
    return bytes;
  }

  private static Part part(Manifest manifest, String section, int index) {
    return manifest.findSection(section).orElseThrow().parts().get(index);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(1).nextBytes(bytes);
    return bytes;
  }
}
