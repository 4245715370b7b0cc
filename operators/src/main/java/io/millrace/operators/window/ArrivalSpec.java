package io.millrace.operators.window;

import io.millrace.operators.graph.Distribution;
import io.millrace.operators.graph.OperatorSpec;
import io.millrace.operators.kernel.KernelSource;
import io.millrace.spi.types.Schema;
import java.util.List;

/** A window whose rows send their groups as they arrive, or that is sent now and then. */
interface ArrivalSpec extends OperatorSpec {
  /** What is aggregated, and by what. */
  WindowGroups groups();

  @Override
  default Schema output() {
    return groups().output();
  }

  @Override
  default boolean isTimeDriven() {
    SnapshotSpec snapshots = groups().snapshots();
    return snapshots != null && snapshots.isTimeDriven();
  }

  @Override
  default Distribution distribution() {
    return groups().distribution();
  }

  @Override
  default Distribution overPartitions() {
    return groups().snapshots() == null ? distribution() : groups().overPartitions();
  }

  @Override
  default List<KernelSource<?>> kernels() {
    return groups().kernels();
  }
}
