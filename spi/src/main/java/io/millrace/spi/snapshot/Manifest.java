package io.millrace.spi.snapshot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of contents of a snapshot: what is needed to restore it, and nothing else. A snapshot
 * is there once its manifest is.
 *
 * @param job the job that it is of
 * @param id rises with every snapshot of the job, from 1
 * @param takenAtMillis the clock's time at which it was taken
 * @param attributes what its owner wants to know before it reads sections, such as the script
 * @param sections in the order in which they were written
 * @param checksum says which manifest this is: of its content, in hexadecimal digits
 */
public record Manifest(
    String job,
    long id,
    long takenAtMillis,
    Map<String, String> attributes,
    List<Section> sections,
    String checksum) {
  public Manifest {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    sections = List.copyOf(sections);
  }

  public Optional<Section> findSection(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }

  /** The bytes that restoring it reads. */
  public long length() {
    return sections.stream()
        .flatMap(section -> section.parts().stream())
        .mapToLong(Part::length)
        .sum();
  }
}
