package io.millrace.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.LongColumn;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which saved state a back end reads, and what it says of that which it cannot. */
public abstract class SavedStateContract {
  private final List<StateBackend> opened = new ArrayList<>();

  /** A back end without any state. */
  protected abstract StateBackend backend();

  final StateBackend newBackend() {
    StateBackend backend = backend();
    opened.add(backend);
    return backend;
  }

  @AfterEach
  final void closeBackends() {
    opened.forEach(StateBackend::close);
    opened.clear();
  }

  @Test
  void shouldReadOlderObjectWhenItsCodecHasANewerVersion() {
    Function<Integer, SlotTableSpec> spec =
        version ->
            new SlotTableSpec(
                "t",
                1,
                List.of(DataType.BIGINT),
                List.of(StateType.object("o", new TextCodec(version))));
    StateBackend saved = newBackend();
    SlotTable table = saved.slotTable(spec.apply(1));
    table.resolve(new LongColumn[] {new LongColumn(1)}, 0, 1, new int[1]);
    table.field(0).set(0, "x");
    StateBackend restored = newBackend();
    SlotTable newer = restored.slotTable(spec.apply(2));

    SavedState.of(saved).restore(restored);

    assertThat(newer.field(0).get(0)).isEqualTo("x read as of version 1");
    assertThatThrownBy(() -> restoreInto(restored, b -> b.slotTable(spec.apply(1))))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'t'")
        .hasMessageContaining(
            "saved was slot table of version 1 (key BIGINT, o OBJECT of version 2)")
        .hasMessageContaining(
            "declared is slot table of version 1 (key BIGINT, o OBJECT of version 1)");
  }

  @Test
  void shouldHoldZeroWhenAFieldWasSavedWithoutAtFirst() {
    StateType first = StateType.of("first", DataType.BIGINT);
    StateType later = StateType.of("later", DataType.BIGINT);
    StateType last = StateType.of("last", DataType.BIGINT);
    Function<List<StateType>, SlotTableSpec> spec =
        fields -> new SlotTableSpec("t", 1, List.of(DataType.BIGINT), fields);
    StateBackend saved = newBackend();
    SlotTable table = saved.slotTable(spec.apply(List.of(first, last)));
    table.resolve(new LongColumn[] {new LongColumn(2)}, 0, 2, new int[2]);
    table.field(0).set(0, 5L);
    table.field(1).set(0, 7L);
    StateBackend restored = newBackend();
    SlotTable newer = restored.slotTable(spec.apply(List.of(first, later.later(), last)));

    SavedState.of(saved).restore(restored);

    assertThat(newer.field(0).get(0)).isEqualTo(5L);
    assertThat(newer.field(1).get(0)).isEqualTo(0L);
    assertThat(newer.field(2).get(0)).isEqualTo(7L);
    newer.field(1).set(0, 6L);
    StateBackend again = newBackend();
    SlotTable whole = again.slotTable(spec.apply(List.of(first, later.later(), last)));
    SavedState.of(restored).restore(again);
    assertThat(whole.field(1).get(0)).isEqualTo(6L);
    assertRefused(
        saved,
        b -> b.slotTable(spec.apply(List.of(first, later, last))),
        "declared is slot table of version 1 (key BIGINT, first BIGINT, later BIGINT, last BIGINT)");
    assertRefused(
        restored,
        b -> b.slotTable(spec.apply(List.of(first, last))),
        "declared is slot table of version 1 (key BIGINT, first BIGINT, last BIGINT)");
  }

  @Test
  void shouldBeginEmptyWhenATableWasSavedWithoutAtFirst() {
    SlotTableSpec spec =
        new SlotTableSpec(
            "later", 1, List.of(DataType.BIGINT), List.of(StateType.of("n", DataType.BIGINT)));
    StateBackend saved = newBackend();
    saved.longValue("n").set(3);
    StateBackend restored = newBackend();
    restored.longValue("n");
    SlotTable newer = restored.slotTable(spec.later());

    SavedState.of(saved).restore(restored);

    assertThat(newer.size()).isZero();
    newer.resolve(new LongColumn[] {new LongColumn(2)}, 0, 1, new int[1]);
    StateBackend again = newBackend();
    again.longValue("n");
    SlotTable whole = again.slotTable(spec.later());
    SavedState.of(restored).restore(again);
    assertThat(whole.size()).isEqualTo(1);
    assertThatThrownBy(
            () ->
                restoreInto(
                    saved,
                    b -> {
                      b.longValue("n");
                      b.slotTable(spec);
                    }))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the query declares state that was not saved: [later]");
  }

  @Test
  void shouldNameBothWhenSavedStateDoesNotFit() {
    StateBackend saved = newBackend();
    saved.slotTable(
        new SlotTableSpec("t", 1, List.of(DataType.STRING), EveryType.fields().subList(0, 1)));

    assertRefused(
        saved,
        b -> b.rowLog(new RowLogSpec("t", 1, List.of())),
        "saved was slot table of version 1 (key STRING, f0 BOOLEAN), declared is row log of"
            + " version 1");
    assertRefused(
        saved,
        b ->
            b.slotTable(
                new SlotTableSpec("t", 2, List.of(DataType.INT), EveryType.fields().subList(1, 2))),
        "declared is slot table of version 2 (key INT, f1 INT)");
    assertRefused(saved, b -> b.longValue("u"), "saved state 't' (slot table");
    assertRefused(
        saved,
        b -> {
          b.slotTable(
              new SlotTableSpec(
                  "t", 1, List.of(DataType.STRING), EveryType.fields().subList(0, 1)));
          b.longValue("u");
        },
        "declares state that was not saved: [u]");
  }

  @Test
  void shouldBeginEmptyWhenStateCameLaterThanWhatWasSaved() {
    StateBackend saved = newBackend();
    saved.longValue("n").set(3);
    SortBufferSpec spec = new SortBufferSpec("rows", 1, List.of(DataType.INT));

    assertRefused(
        saved,
        b -> {
          b.longValue("n");
          b.sortBuffer(spec);
        },
        "declares state that was not saved: [rows]");
    StateBackend fresh = newBackend();
    LongValue number = fresh.longValue("n");
    SortBuffer rows = fresh.sortBuffer(spec.later());
    SavedState.of(saved).restore(fresh);

    assertThat(number.get()).isEqualTo(3);
    assertThat(rows.size()).isZero();
  }

  @Test
  void shouldRefuseWhenNameIsDeclaredTwice() {
    StateBackend backend = newBackend();
    backend.longValue("a");

    assertThatThrownBy(() -> backend.sortBuffer(new SortBufferSpec("a", 1, List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'");
  }

  private void assertRefused(StateBackend saved, Consumer<StateBackend> declared, String message) {
    assertThatThrownBy(() -> restoreInto(saved, declared))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(message);
  }

  private void restoreInto(StateBackend saved, Consumer<StateBackend> declare) {
    StateBackend fresh = newBackend();
    declare.accept(fresh);
    SavedState.of(saved).restore(fresh);
  }
}
