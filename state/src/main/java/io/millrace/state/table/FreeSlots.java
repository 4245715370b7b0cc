package io.millrace.state.table;

import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * The numbers of removed slots, the last removed on top, and how many of them below have been there
 * since the last capture: what lies above is all that a capture needs.
 */
public final class FreeSlots {
  private static final int FEWEST = 16;

  private int[] slots = new int[0];
  private int size;
  private int kept;

  /**
   * What a capture takes out.
   *
   * @param kept how many at the bottom are those of the capture before
   * @param added those above
   */
  public record Change(int kept, int[] added) {
    public void write(StateWriter out) throws IOException {
      out.writeUnsigned(kept);
      out.writeUnsigned(added.length);
      for (int slot : added) {
        out.writeUnsigned(slot);
      }
    }

    public static Change read(StateReader in) throws IOException {
      int kept = in.readInt();
      int[] added = new int[in.readInt()];
      for (int i = 0; i < added.length; i++) {
        added[i] = in.readInt();
      }
      return new Change(kept, added);
    }
  }

  public int size() {
    return size;
  }

  /** The one to be used next; there is one. */
  public int top() {
    return slots[size - 1];
  }

  public void pop() {
    kept = Math.min(kept, --size);
  }

  public void push(int slot) {
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, Math.max(FEWEST, 2 * size));
    }
    slots[size++] = slot;
  }

  public void clear() {
    size = 0;
    kept = 0;
  }

  /** What has changed since the last capture, or, if {@code whole}, all. */
  public Change capture(boolean whole) {
    int from = whole ? 0 : kept;
    kept = size;
    return new Change(from, Arrays.copyOfRange(slots, from, size));
  }

  /** Makes the change, as part of a restore. */
  public void apply(Change change) {
    if (change.kept > size) {
      throw StateReader.damaged();
    }
    size = change.kept;
    for (int slot : change.added) {
      push(slot);
    }
    kept = size;
  }
}
