package io.millrace.spi.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sections of a snapshot that is being written, after the rules of {@link SnapshotWriter}: for
 * stores, whose writers then only place bytes. Used by one thread.
 */
public final class SnapshotSections {
  private final @Nullable Manifest previous;
  private final Map<String, List<Part>> replaced = new LinkedHashMap<>();
  private final Map<String, Section> sections = new LinkedHashMap<>();

  /**
   * @param previous the snapshot of which parts are kept; null if there is none
   */
  public SnapshotSections(@Nullable Manifest previous) {
    this.previous = previous;
  }

  /**
   * Checks that a section may come next.
   *
   * @throws IllegalStateException if the snapshot has it already
   */
  public void checkNew(String section) {
    if (sections.containsKey(section)) {
      throw new IllegalStateException("section '" + section + "' is written twice");
    }
  }

  /**
   * The parts behind which what changed in a section is put, or which are kept.
   *
   * @throws IllegalStateException if the previous snapshot does not have the section, or this one
   *     has it already
   */
  public List<Part> previousParts(String section) {
    checkNew(section);
    List<Part> parts = replaced.get(section);
    return parts == null ? partsBefore(section) : parts;
  }

  /**
   * Takes {@code merged} for the first {@code count} parts of a section.
   *
   * @return the parts on which it builds from now on
   */
  public List<Part> replace(String section, int count, Part merged) {
    List<Part> parts = previousParts(section);
    if (count < 1 || count > parts.size() || !merged.isFull()) {
      throw new IllegalArgumentException(
          "section '"
              + section
              + "' has "
              + parts.size()
              + " parts, and "
              + count
              + " of them are to be replaced by "
              + merged);
    }
    List<Part> shorter = new ArrayList<>(List.of(merged));
    shorter.addAll(parts.subList(count, parts.size()));
    replaced.put(section, shorter);
    return List.copyOf(shorter);
  }

  /** Adds a section with these parts. */
  public Section add(String section, List<Part> parts) {
    checkNew(section);
    Section added = new Section(section, parts);
    sections.put(section, added);
    return added;
  }

  /** Adds a section with the parts that it had, and one more. */
  public Section addChanges(String section, Part changes) {
    List<Part> parts = new ArrayList<>(previousParts(section));
    parts.add(changes);
    return add(section, parts);
  }

  /** All sections, in the order in which they were added. */
  public List<Section> toList() {
    return List.copyOf(sections.values());
  }

  private List<Part> partsBefore(String section) {
    if (previous == null) {
      throw new IllegalStateException(
          "section '" + section + "' builds on a previous snapshot, and there is none");
    }
    return previous
        .findSection(section)
        .map(Section::parts)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the previous snapshot has no section '" + section + "'"));
  }
}
