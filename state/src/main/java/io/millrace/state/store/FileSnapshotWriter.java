package io.millrace.state.store;

import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import io.millrace.spi.snapshot.SnapshotContent;
import io.millrace.spi.snapshot.SnapshotSections;
import io.millrace.spi.snapshot.SnapshotWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a snapshot into one data file, which is made with the first section. */
final class FileSnapshotWriter implements SnapshotWriter {
  /** How far a writer is. */
  private enum Stage {
    /** Takes sections. */
    OPEN,
    /** A step has not come to its end: whatever is there is worth nothing. */
    BROKEN,
    /** The snapshot is there. */
    FINISHED,
    CLOSED
  }

  private final FileSnapshotStore store;
  private final StoreFiles files;
  private final String job;
  private final long id;
  private final SnapshotSections sections;
  private @Nullable DataFile data;
  private Stage stage = Stage.OPEN;

  FileSnapshotWriter(
      FileSnapshotStore store, StoreFiles files, String job, long id, @Nullable Manifest previous) {
    this.store = store;
    this.files = files;
    this.job = job;
    this.id = id;
    this.sections = new SnapshotSections(previous);
  }

  @Override
  public void writeFull(String section, SnapshotContent content) {
    step(
        () -> {
          sections.checkNew(section);
          return sections.add(section, List.of(data().write(content, true)));
        });
  }

  @Override
  public void writeChanges(String section, SnapshotContent content) {
    step(
        () -> {
          checkThere(sections.previousParts(section));
          return sections.addChanges(section, data().write(content, false));
        });
  }

  @Override
  public void keep(String section) {
    step(
        () -> {
          List<Part> parts = sections.previousParts(section);
          checkThere(parts);
          return sections.add(section, parts);
        });
  }

  @Override
  public void replace(String section, int count, Part merged) {
    step(
        () -> {
          store.writerTakes(merged.file());
          checkThere(List.of(merged));
          return sections.replace(section, count, merged);
        });
  }

  @Override
  public Manifest finish(long takenAtMillis, Map<String, String> attributes) {
    Manifest manifest = step(() -> commit(takenAtMillis, attributes));
    stage = Stage.FINISHED;
    store.writerEnds(true);
    return manifest;
  }

  @Override
  public void close() {
    if (stage == Stage.CLOSED) {
      return;
    }
    if (data != null) {
      data.close();
    }
    if (stage != Stage.FINISHED) {
      store.writerEnds(false);
    }
    stage = Stage.CLOSED;
  }

  private Manifest commit(long takenAtMillis, Map<String, String> attributes) throws IOException {
    String dataName = data == null ? "" : data.finish();
    List<Section> named =
        sections.toList().stream().map(section -> withName(section, dataName)).toList();
    ManifestText.Written written = ManifestText.write(job, id, takenAtMillis, attributes, named);
    store.commit(data, dataName, written);
    return written.manifest();
  }

  /** The name of the data file is known when all of it is written. */
  private Section withName(Section section, String dataName) {
    return new Section(
        section.name(),
        section.parts().stream()
            .map(
                part ->
                    data != null && part.file().equals(data.temporaryName())
                        ? part.withFile(dataName)
                        : part)
            .toList());
  }

  private DataFile data() throws IOException {
    if (data == null) {
      data = files.newDataFile();
    }
    return data;
  }

  /** A snapshot is not built on files that are gone. */
  private void checkThere(List<Part> parts) {
    for (Part part : parts) {
      if (!FileNames.isData(part.file()) || !files.exists(part.file())) {
        throw StoreErrors.damaged(files.path(part.file()), "it is not there");
      }
    }
  }

  private <T> T step(Step<T> step) {
    if (stage != Stage.OPEN) {
      throw new IllegalStateException("the writer of snapshot " + id + " is " + stage);
    }
    stage = Stage.BROKEN;
    try {
      T result = step.run();
      stage = Stage.OPEN;
      return result;
    } catch (IOException e) {
      throw StoreErrors.cannot("write snapshot " + id + " to", store.path(), e);
    }
  }

  /** Something that breaks the writer if it fails. */
  @FunctionalInterface
  private interface Step<T> {
    T run() throws IOException;
  }
}
