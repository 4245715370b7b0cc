package io.millrace.runtime.commit;

import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.Manifest;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.Section;
import io.millrace.spi.snapshot.SnapshotStore;
import io.millrace.spi.snapshot.SnapshotStore.PartReader;
import java.util.List;

/** The sections of a snapshot in a store. */
public final class ManifestSections implements SavedSections {
  private final SnapshotStore store;
  private final Manifest manifest;

  public ManifestSections(SnapshotStore store, Manifest manifest) {
    this.store = store;
    this.manifest = manifest;
  }

  @Override
  public List<String> names() {
    return manifest.sections().stream().map(Section::name).toList();
  }

  @Override
  public String describe(String section) {
    return manifest.attributes().getOrDefault(section, section);
  }

  @Override
  public void read(String section, PartReader reader) {
    Section found =
        manifest
            .findSection(section)
            .orElseThrow(
                () ->
                    new DamagedSnapshotException(
                        "snapshot " + manifest.id() + " has no section '" + section + "'", null));
    for (Part part : found.parts()) {
      store.read(part, reader);
    }
  }
}
