package io.millrace.spi.snapshot;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a store {@link SnapshotStore#retain} leaves alone besides those of the retained
 * snapshots: those that the open writer may build on, and those of merged parts that wait to be
 * taken over. For stores. Not safe for use by several threads.
 */
public final class FilesInUse {
  /** Merged files, and how many writers had begun when they were written. */
  private final Map<String, Long> merged = new HashMap<>();

  private final Set<String> ofWriter = new HashSet<>();
  private @Nullable String latestMerged;
  private long writersBegun;

  /** A writer begins: it may keep whatever the previous snapshot has. */
  public void writerBegins(@Nullable Manifest previous) {
    writersBegun++;
    if (previous != null) {
      ofWriter.addAll(filesOf(previous));
    }
  }

  /** The open writer takes a file into its snapshot. */
  public void writerTakes(String file) {
    ofWriter.add(file);
  }

  /**
   * The open writer ends. If its snapshot was finished, the merged parts in it wait no longer, nor
   * do those before the latest one that were there when it began.
   */
  public void writerEnds(boolean finished) {
    if (finished) {
      merged.keySet().removeAll(ofWriter);
      merged
          .entrySet()
          .removeIf(
              entry -> entry.getValue() < writersBegun && !entry.getKey().equals(latestMerged));
    }
    ofWriter.clear();
  }

  /** A merged part was written. */
  public void addMerged(String file) {
    merged.put(file, writersBegun);
    latestMerged = file;
  }

  /** All files that must stay. */
  public Set<String> with(Collection<Manifest> retained) {
    Set<String> files = new HashSet<>(merged.keySet());
    files.addAll(ofWriter);
    retained.forEach(manifest -> files.addAll(filesOf(manifest)));
    return files;
  }

  private static Set<String> filesOf(Manifest manifest) {
    return manifest.sections().stream()
        .flatMap(section -> section.parts().stream())
        .map(Part::file)
        .collect(Collectors.toSet());
  }
}
