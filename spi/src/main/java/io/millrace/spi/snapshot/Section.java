package io.millrace.spi.snapshot;

import java.util.List;

/**
 * What one owner (an operator, the sources, a sink) has saved: a full part, and behind it, in
 * order, what changed since.
 *
 * @param name unique in its snapshot
 * @param parts the first one is full, the others are not; at least one
 */
public record Section(String name, List<Part> parts) {
  public Section {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || !parts.get(0).isFull()) {
      throw new IllegalArgumentException("section '" + name + "' does not begin with a full part");
    }
  }

  /** The length of all parts but the first, in bytes. */
  public long lengthOfChanges() {
    return parts.stream().skip(1).mapToLong(Part::length).sum();
  }
}
