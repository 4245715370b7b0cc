package io.millrace.testkit.operator;

import io.millrace.spi.data.RowKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that happens to an operator under test. */
sealed interface HarnessStep {

  /** The input that it speaks of; -1 for all of them. */
  int input();

  /** A row of an input's source, which has not gone through if it was filtered before. */
  record Row(int input, RowKind kind, long rowtime, List<@Nullable Object> values, boolean filtered)
      implements HarnessStep {}

  /** Time goes on without rows. */
  record Advance(int input, long time) implements HarnessStep {}
}
