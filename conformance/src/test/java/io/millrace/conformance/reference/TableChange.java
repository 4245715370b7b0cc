package io.millrace.conformance.reference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A change of the table {@code T (id BIGINT PRIMARY KEY, k STRING, a INT, b BIGINT)}. */
record TableChange(long id, boolean isDeletion, InputRow row) {

  static TableChange random(Random random, int step) {
    return new TableChange(
        random.nextInt(4), random.nextInt(4) == 0, InputRow.random(random, step));
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
