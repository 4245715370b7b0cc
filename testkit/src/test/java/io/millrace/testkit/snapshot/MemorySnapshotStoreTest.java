package io.millrace.testkit.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.DamagedSnapshotException;
import io.millrace.spi.snapshot.Part;
import io.millrace.spi.snapshot.SnapshotStore;
import org.junit.jupiter.api.Test;

/** The store in memory holds the contract, and breaks when it is told to. */
class MemorySnapshotStoreTest extends SnapshotStoreContract {
  private final MemorySnapshotStore store = new MemorySnapshotStore();

  @Override
  protected SnapshotStore open() {
    return store;
  }

  @Test
  void shouldSaySoWhenPartIsDamaged() {
    Part part = store.writeMerged(out -> out.writeInt(1));
    store.damage(part);
    assertThatThrownBy(() -> store.read(part, in -> {}))
        .isInstanceOf(DamagedSnapshotException.class);
  }

  @Test
  void shouldFailWithReasonWhenToldTo() {
    MillraceException full = new MillraceException("no space left on device");
    store.failWith(full);
    assertThatThrownBy(() -> store.writeMerged(out -> {})).isSameAs(full);
    store.failWith(null);
    store.writeMerged(out -> {});
    assertThat(store.files()).hasSize(1);
  }
}
