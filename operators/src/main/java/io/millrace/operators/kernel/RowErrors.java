package io.millrace.operators.kernel;

import io.millrace.spi.data.Batch;
import io.millrace.spi.operator.Output;
import java.util.Arrays;

/**
 * The rows of one batch whose expressions failed, with the first reason of each. Used by one
 * thread, emptied after each batch.
 */
public final class RowErrors {
  private int[] rows = new int[8];
  private String[] messages = new String[8];
  private int size;

  public boolean isEmpty() {
    return size == 0;
  }

  public int size() {
    return size;
  }

  /** Notes that a row failed; a second reason of the same row is dropped. */
  public void add(int row, RuntimeException failure) {
    add(row, String.valueOf(failure.getMessage()));
  }

  /** Notes that a row failed; a second reason of the same row is dropped. Rows stay sorted. */
  public void add(int row, String message) {
    int at = Arrays.binarySearch(rows, 0, size, row);
    if (at >= 0) {
      return;
    }
    int index = -at - 1;
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
      messages = Arrays.copyOf(messages, 2 * size);
    }
    System.arraycopy(rows, index, rows, index + 1, size - index);
    System.arraycopy(messages, index, messages, index + 1, size - index);
    rows[index] = row;
    messages[index] = message;
    size++;
  }

  /** Takes back that a row failed. */
  public void remove(int row) {
    int at = Arrays.binarySearch(rows, 0, size, row);
    if (at >= 0) {
      size--;
      System.arraycopy(rows, at + 1, rows, at, size - at);
      System.arraycopy(messages, at + 1, messages, at, size - at);
      messages[size] = "";
    }
  }

  public boolean contains(int row) {
    return size > 0 && Arrays.binarySearch(rows, 0, size, row) >= 0;
  }

  /** The index in the batch of the {@code i}-th failed row, rising. */
  public int row(int i) {
    return rows[i];
  }

  public String message(int i) {
    return messages[i];
  }

  /** Gives the rows away as failed, in their order, and forgets them, whatever becomes of them. */
  public void giveTo(Output output, Batch batch) {
    if (size == 0) {
      return;
    }
    try {
      for (int i = 0; i < size; i++) {
        output.fail(batch, rows[i], messages[i]);
      }
    } finally {
      clear();
    }
  }

  public void clear() {
    Arrays.fill(messages, 0, size, "");
    size = 0;
  }
}
