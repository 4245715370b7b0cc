package io.millrace.engine.fault;

import io.millrace.spi.data.Batch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows as lines of text. */
final class WorldRows {
  private WorldRows() {}

  static void addTo(List<String> lines, Batch batch) {
    for (int row = 0; row < batch.size(); row++) {
      List<String> values = new ArrayList<>();
      for (int c = 0; c < batch.schema().size(); c++) {
        values.add(String.valueOf(batch.column(c).get(row)));
      }
      lines.add(batch.rowtimes()[row] + " " + String.join(" ", values));
    }
  }

  static byte[] toBytes(List<String> lines) {
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  static List<String> ofBytes(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }
}
