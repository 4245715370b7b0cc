package io.millrace.state.store;

import java.util.Map;

/** Keys that are the same in every run. */
final class TestKeys {
  private TestKeys() {}

  static SnapshotKey key(int number) {
    String digits = "0123456789abcdef".repeat(3) + "000000000000000" + number;
    return SnapshotKey.fromEnvironment("KEY", Map.of("KEY", digits));
  }
}
