package io.millrace.runtime.circuit;

import io.millrace.spi.data.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a job told: the rows of each stream, and the errors, each in their order. */
record Told(Map<String, List<String>> lines, List<Runnable> actions) implements JobListener {
  Told() {
    this(new HashMap<>(), new ArrayList<>());
  }

  /** Has something done whenever rows have come. */
  void whenRowsCome(Runnable action) {
    actions.add(action);
  }

  List<String> of(String name) {
    return lines.computeIfAbsent(name, unknown -> new ArrayList<>());
  }

  @Override
  public RowListener exit(String stream) {
    return batch -> {
      for (int row = 0; row < batch.size(); row++) {
        of(stream).add(text(batch, row));
      }
      actions.forEach(Runnable::run);
    };
  }

  @Override
  public void late(String query, Batch batch, int row) {
    throw new AssertionError("no row is late");
  }

  @Override
  public void failed(String query, Batch batch, int row, String error) {
    of("errors").add(query + ": " + error + ": " + text(batch, row));
  }

  private static String text(Batch batch, int row) {
    return batch.column(0).get(row) + "@" + batch.rowtimes()[row];
  }
}
