package io.millrace.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Column;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.state.LongValue;
import io.millrace.spi.state.Panes;
import io.millrace.spi.state.PanesSpec;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.SlotTable;
import io.millrace.spi.state.SlotTableSpec;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.state.StateType;
import io.millrace.spi.types.DataType;
import io.millrace.testkit.Property;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every back end of state does: all kinds of state against naive models, saved and restored
 * into a fresh back end at any moment. The tests of a back end extend it.
 */
public abstract class StateBackendContract extends SavedStateContract {
  /** How many random runs a test of tables makes; fewer where these are costly to open. */
  protected int runs(int usual) {
    return usual;
  }

  static Stream<List<DataType>> keys() {
    Stream<List<DataType>> single = EveryType.TYPES.stream().map(List::of);
    Stream<List<DataType>> several =
        Stream.of(
            List.of(),
            List.of(DataType.STRING, DataType.BIGINT),
            List.of(DataType.DOUBLE, DataType.BOOLEAN),
            List.of(DataType.BIGINT, DataType.STRING, DataType.decimal(3, 0)));
    return Stream.concat(single, several);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void shouldBeTheMapOfTheModelWhenSlotTableIsSavedAndRestored(List<DataType> keys) {
    SlotTableSpec spec = new SlotTableSpec("t", 1, keys, EveryType.fields());
    Property.<Step<Tested<SlotTableModel, SlotTable>>>check(
        runs(60),
        40,
        random -> step(random, () -> SlotTableModel.step(spec, random)),
        steps ->
            run(
                steps,
                new Tested<>(
                    this::newBackend,
                    b -> b.slotTable(spec),
                    t -> new SlotTableModel(spec, t),
                    SlotTableModel::rebind),
                SlotTableModel::verify,
                SlotTableModel::verify,
                SlotTableModel::size));
  }

  @Test
  void shouldBeTheSortedMapOfTheModelWhenPanesAreSavedAndRestored() {
    SlotTableSpec spec =
        new SlotTableSpec("p", 1, List.of(DataType.STRING, DataType.BIGINT), EveryType.fields());
    Property.<Step<Tested<PanesModel, Panes>>>check(
        runs(100),
        60,
        random -> step(random, () -> PanesModel.step(spec, random)),
        steps ->
            run(
                steps,
                new Tested<>(
                    this::newBackend,
                    b -> b.panes(new PanesSpec(spec)),
                    t -> new PanesModel(spec, t),
                    PanesModel::rebind),
                PanesModel::verify,
                PanesModel::verify,
                PanesModel::entries));
  }

  @Test
  void shouldBeTheQueuesOfTheModelWhenRowLogIsSavedAndRestored() {
    RowLogSpec spec = new RowLogSpec("l", 1, EveryType.TYPES);
    Property.<Step<Tested<RowLogModel, RowLog>>>check(
        60,
        40,
        random -> step(random, () -> RowLogModel.step(spec, random)),
        steps ->
            run(
                steps,
                new Tested<>(
                    this::newBackend,
                    b -> b.rowLog(spec),
                    t -> new RowLogModel(spec, t),
                    RowLogModel::rebind),
                RowLogModel::verify,
                RowLogModel::verify,
                RowLogModel::entries));
  }

  @Test
  void shouldBeTheSortedListOfTheModelWhenSortBufferIsSavedAndRestored() {
    SortBufferSpec spec = new SortBufferSpec("s", 1, EveryType.TYPES);
    Property.<Step<Tested<SortBufferModel, SortBuffer>>>check(
        150,
        40,
        random -> step(random, () -> SortBufferModel.step(spec, random)),
        steps ->
            run(
                steps,
                new Tested<>(
                    this::newBackend,
                    b -> b.sortBuffer(spec),
                    t -> new SortBufferModel(spec, t),
                    SortBufferModel::rebind),
                SortBufferModel::verify,
                SortBufferModel::drainAll,
                SortBufferModel::entries));
  }

  @Test
  void shouldGiveTheSameNumbersWhenKeysComeInOtherBatches() {
    List<List<Object>> keys = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      keys.add(List.of(i % 3 == 0 ? "Aa" + i % 700 : "BB" + i % 700));
    }
    SlotTableSpec spec = new SlotTableSpec("t", 1, List.of(DataType.STRING), List.of());
    int[] whole = numbers(spec, keys, keys.size());

    assertThat(numbers(spec, keys, 1)).isEqualTo(whole);
    assertThat(numbers(spec, keys, 7)).isEqualTo(whole);
    assertThat(numbers(spec, keys, 1024)).isEqualTo(whole);
  }

  @Test
  void shouldKeepLongValueWhenRestored() {
    StateBackend saved = newBackend();
    saved.longValue("a").set(Long.MIN_VALUE);
    saved.longValue("b");
    StateBackend restored = newBackend();
    LongValue a = restored.longValue("a");
    LongValue b = restored.longValue("b");

    SavedState.of(saved).restore(restored);

    assertThat(a.get()).isEqualTo(Long.MIN_VALUE);
    assertThat(b.get()).isZero();
    assertThat(restored.entries()).isZero();
  }

  @Test
  void shouldBeEmptyWhenNothingHasChangedSinceTheCaptureBefore() {
    EveryKind states = new EveryKind(newBackend());
    assertThat(states.backend.capture(false).isFull()).isTrue();
    assertThat(states.backend.capture(false).isEmpty()).isTrue();
    states.change(1);
    assertThat(states.backend.capture(false).isEmpty()).isFalse();
    assertThat(states.backend.capture(false).isEmpty()).isTrue();

    EveryKind restored = new EveryKind(newBackend());
    SavedState.of(states.backend).restore(restored.backend);
    restored.table.find(EveryKind.row(1), 0);

    StateCapture unchanged = restored.backend.capture(false);
    assertThat(unchanged.isFull()).isFalse();
    assertThat(unchanged.isEmpty()).isTrue();
    assertThat(restored.backend.capture(true).isEmpty()).isFalse();
  }

  @Test
  void shouldCostWhatHasChangedWhenMuchIsThere() {
    EveryKind states = new EveryKind(newBackend());
    for (int i = 0; i < 100_000; i++) {
      states.change(i);
    }
    SavedState saved = SavedState.of(states.backend);
    states.change(70_000);
    SavedState next = saved.next(states.backend);

    assertThat(saved.size()).isGreaterThan(400_000);
    assertThat(next.size() - saved.size()).isLessThan(500);
    EveryKind restored = new EveryKind(newBackend());
    next.restore(restored.backend);
    assertThat(restored.count(70_000)).isEqualTo(2L);
    assertThat(restored.backend.entries()).isEqualTo(states.backend.entries());
  }

  @Test
  void shouldKnowAPaneWithoutKeysWhenItComesAfterOneThatIsGone() {
    SlotTableSpec spec = new SlotTableSpec("p", 1, List.of(DataType.BIGINT), List.of());
    StateBackend saved = newBackend();
    Panes panes = saved.panes(new PanesSpec(spec));
    panes.pane(1);
    SavedState chain = SavedState.of(saved);
    panes.remove(1);
    panes.pane(2);
    chain = chain.next(saved);
    StateBackend restored = newBackend();
    Panes copy = restored.panes(new PanesSpec(spec));
    chain.restore(restored);

    assertThat(copy.firstTime()).isEqualTo(2);
    assertThat(copy.size()).isEqualTo(1);
  }

  @Test
  void shouldWriteAPaneAsItWasWhenItGoesBehindTheCapture() {
    StateBackend saved = newBackend();
    Panes panes = fillPanes(saved);
    StateCapture capture = saved.beginCapture(true);
    capture.takeMore(1);
    panes.remove(1);
    panes.remove(2);
    capture.takeMore(Integer.MAX_VALUE);
    StateBackend expected = newBackend();
    fillPanes(expected);

    assertThat(bytes(capture)).isEqualTo(bytes(expected.capture(true)));
    saved.close();
    expected.close();
  }

  /** Two panes of more rows than are taken out at once. */
  private static Panes fillPanes(StateBackend backend) {
    SlotTableSpec spec = new SlotTableSpec("p", 1, List.of(DataType.BIGINT), List.of());
    Panes panes = backend.panes(new PanesSpec(spec));
    for (int time = 1; time <= 2; time++) {
      for (int key = 0; key < 3_000; key++) {
        panes.pane(time).resolve(EveryKind.row(key), 0, 1, new int[1]);
      }
    }
    return panes;
  }

  private static byte[] bytes(StateCapture capture) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      capture.write(new DataOutputStream(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void shouldBeginAnewWhenATableIsClearedBetweenCaptures() {
    EveryKind states = new EveryKind(newBackend());
    states.change(5);
    states.change(6);
    SavedState chain = SavedState.of(states.backend);
    states.table.clear();
    states.change(6);
    EveryKind restored = new EveryKind(newBackend());
    chain.next(states.backend).restore(restored.backend);

    assertThat(restored.table.size()).isEqualTo(1);
    assertThat(restored.table.find(EveryKind.row(5), 0)).isEqualTo(-1);
    assertThat(restored.table.number(restored.table.find(EveryKind.row(6), 0))).isZero();
    assertThat(restored.count(6)).isEqualTo(1L);
  }

  @Test
  void shouldContinueAMergedStateWhenAChainWasMerged() {
    EveryKind states = new EveryKind(newBackend());
    SavedState chain = states.chain();
    StateBackend merging = new EveryKind(newBackend()).backend;
    chain.restore(merging);
    SavedState merged = SavedState.of(merging);
    states.change(2);
    states.change(9);
    merged = merged.with(states.backend.capture(false));
    EveryKind restored = new EveryKind(newBackend());
    merged.restore(restored.backend);

    assertThat(merged.length()).isEqualTo(2);
    assertThat(SavedState.of(restored.backend).last())
        .isEqualTo(SavedState.of(states.backend).last());
  }

  @Test
  void shouldWriteWhatAFullCaptureDoesWhenItIsDrained() {
    EveryKind states = new EveryKind(newBackend());
    SavedState chain = states.chain();
    StateBackend captured = new EveryKind(newBackend()).backend;
    chain.restore(captured);
    StateBackend drained = new EveryKind(newBackend()).backend;
    chain.restore(drained);

    StateCapture capture = drained.drain();

    assertThat(capture.isFull()).isTrue();
    assertThat(SavedState.of(capture).last()).isEqualTo(SavedState.of(captured).last());
  }

  @Test
  void shouldWriteObjectAsItWasWhenItChangesBehindTheCapture() {
    SlotTableSpec spec =
        new SlotTableSpec(
            "t", 1, List.of(), List.of(StateType.object("o", new MutableTextCodec())));
    StateBackend saved = newBackend();
    SlotTable table = saved.slotTable(spec);
    table.resolve(new Column[0], 0, 1, new int[1]);
    StringBuilder text = new StringBuilder("before");
    table.field(0).set(0, text);
    StateCapture capture = saved.capture(true);
    text.append(" and behind");
    StateBackend restored = newBackend();
    SlotTable copy = restored.slotTable(spec);
    SavedState.of(capture).restore(restored);

    assertThat(copy.field(0).get(0)).hasToString("before");
  }

  @Test
  void shouldRefuseWhenAPartOfAChainIsMissing() {
    EveryKind states = new EveryKind(newBackend());
    SavedState full = SavedState.of(states.backend);
    states.change(1);
    StateCapture lost = states.backend.capture(false);
    states.change(2);
    SavedState broken = full.with(states.backend.capture(false));

    assertThat(lost.isEmpty()).isFalse();
    assertThatThrownBy(() -> broken.restore(new EveryKind(newBackend()).backend))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("a part of the saved state is missing");
    assertThatThrownBy(() -> broken.withoutFirst().restore(new EveryKind(newBackend()).backend))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("nothing was restored before it");
  }

  private int[] numbers(SlotTableSpec spec, List<List<Object>> keys, int batch) {
    SlotTable table = newBackend().slotTable(spec);
    int[] slots = new int[keys.size()];
    int[] numbers = new int[keys.size()];
    for (int from = 0; from < slots.length; from += batch) {
      int to = Math.min(slots.length, from + batch);
      table.resolve(RowColumns.of(spec.keys(), List.copyOf(keys), 0), from, to, slots);
      for (int row = from; row < to; row++) {
        numbers[row] = table.number(slots[row]);
      }
    }
    return numbers;
  }

  private static <M, S> Step<Tested<M, S>> step(Random random, Supplier<Step<M>> ofModel) {
    int rows = random.nextInt(20);
    return switch (random.nextInt(18)) {
      case 0, 1 -> new Step<>("capture what changed", tested -> tested.capture(false));
      case 2 -> new Step<>("capture in full", tested -> tested.capture(true));
      case 3 -> new Step<>("write", Tested::write);
      case 4 -> new Step<>("save and restore", Tested::restore);
      case 5, 6 ->
          new Step<>("begin to capture what changed", tested -> tested.beginCapture(false));
      case 7 -> new Step<>("begin to capture in full", tested -> tested.beginCapture(true));
      case 8 -> new Step<>("take " + rows + " out", tested -> tested.takeMore(rows));
      default -> {
        Step<M> step = ofModel.get();
        yield new Step<>(step.text(), tested -> tested.take(step));
      }
    };
  }

  private <M, S> void run(
      List<Step<Tested<M, S>>> steps,
      Tested<M, S> tested,
      Consumer<M> verify,
      Consumer<M> verifyLast,
      Function<M, Number> entries) {
    for (Step<Tested<M, S>> step : steps) {
      step.action().accept(tested);
      verify.accept(tested.model());
      assertThat(tested.entries()).isEqualTo(entries.apply(tested.model()).longValue());
    }
    tested.verifyCaptures(verify, verifyLast);
    closeBackends();
  }
}
