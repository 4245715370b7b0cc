package io.millrace.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.state.Panes;
import io.millrace.spi.state.SlotTableSpec;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Panes beside a sorted map. */
final class PanesModel {
  private final SlotTableSpec spec;
  private final TreeMap<Long, SlotTableModel> models = new TreeMap<>();
  private Panes panes;

  PanesModel(SlotTableSpec spec, Panes panes) {
    this.spec = spec;
    this.panes = panes;
  }

  static Step<PanesModel> step(SlotTableSpec spec, Random random) {
    long time = 10L * random.nextInt(12) - 20;
    int kind = random.nextInt(10);
    if (kind < 6) {
      Step<SlotTableModel> step = SlotTableModel.step(spec, random);
      return new Step<>("in " + time + ": " + step, m -> step.action().accept(m.pane(time)));
    }
    if (kind < 9) {
      return new Step<>("remove first", m -> m.remove(m.panes.firstTime()));
    }
    return new Step<>("remove " + time, m -> m.remove(time));
  }

  void rebind(Panes restored) {
    panes = restored;
    models.forEach((time, model) -> model.rebind(panes.pane(time)));
  }

  void verify() {
    assertThat(panes.size()).isEqualTo(models.size());
    assertThat(panes.isEmpty()).isEqualTo(models.isEmpty());
    assertThat(panes.firstTime()).isEqualTo(models.isEmpty() ? Long.MAX_VALUE : models.firstKey());
    for (long time : new long[] {Long.MIN_VALUE, -20, -5, 0, 50, 89, 90, Long.MAX_VALUE}) {
      Long next = models.higherKey(time);
      assertThat(panes.nextTime(time)).isEqualTo(next == null ? Long.MAX_VALUE : next);
    }
    models.values().forEach(SlotTableModel::verify);
  }

  long entries() {
    long entries = models.size();
    for (Map.Entry<Long, SlotTableModel> entry : models.entrySet()) {
      entries += entry.getValue().size();
    }
    return entries;
  }

  private SlotTableModel pane(long time) {
    return models.computeIfAbsent(time, t -> new SlotTableModel(spec, panes.pane(t)));
  }

  private void remove(long time) {
    panes.remove(time);
    models.remove(time);
  }
}
