package io.millrace.state.chronicle;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where a page lies in a file, which never changes: other rows have another region. */
final class Region {
  final long position;
  final int size;

  /**
   * The captures that have yet to read it and end on other threads; null if there never was one.
   */
  private @Nullable AtomicInteger pins;

  Region(long position, int size) {
    this.position = position;
    this.size = size;
  }

  /** Keeps its place from being used for other rows; whoever reads it counts down. */
  AtomicInteger pin() {
    AtomicInteger counter = pins;
    if (counter == null) {
      counter = new AtomicInteger();
      pins = counter;
    }
    counter.incrementAndGet();
    return counter;
  }

  boolean isPinned() {
    return pins != null && pins.get() != 0;
  }
}
