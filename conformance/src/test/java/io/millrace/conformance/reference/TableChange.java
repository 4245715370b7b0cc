package io.millrace.conformance.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A change of the table {@code T (id BIGINT PRIMARY KEY, k STRING, a INT, b BIGINT)}. */
record TableChange(long id, boolean isDeletion, InputRow row) {

  static TableChange random(Random random, int step) {
    return random(random, step, 4);
  }

  /** One of so many rows. */
  static TableChange random(Random random, int step, int rows) {
    return new TableChange(
        random.nextInt(rows), random.nextInt(4) == 0, InputRow.random(random, step));
  }

  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", id);
    if (!isDeletion) {
      map.put("k", row.k());
      map.put("a", row.a());
      map.put("b", row.b());
    }
    return map;
  }
}
