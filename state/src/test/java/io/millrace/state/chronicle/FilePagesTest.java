package io.millrace.state.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.state.RowLog;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.state.StateBackend;
import io.millrace.spi.state.StateCapture;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedState;
import io.millrace.state.heap.HeapRowLog;
import io.millrace.state.heap.HeapStateBackend;
import io.millrace.testkit.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Row logs whose pages are in a file but for a few. */
class FilePagesTest {
  private static final List<DataType> TYPES = List.of(DataType.BIGINT, DataType.STRING);
  private static final RowLogSpec SPEC = new RowLogSpec("l", 1, TYPES);
  private static final int PAGES = 4;
  private static final int SLOTS = 300;

  /** As many rows in a page as on the heap, so that captures take the same way through them. */
  private static final ChronicleState.HotSize PAGES_OF_THE_HEAP =
      new ChronicleState.HotSize(4, 4, 4, 10, 2);

  @TempDir private Path parent;
  private ScratchFolder folder;
  private FilePages pages;
  private HeapRowLog log;

  /** What a step does to a back end and its log. */
  private record Step(String text, Consumer<Driven> action) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** A back end with one log, what it has captured, and what that was when it was written. */
  private static final class Driven {
    private final StateBackend backend;
    private final RowLog log;
    private final List<byte[]> written = new ArrayList<>();
    private final List<StateCapture> pending = new ArrayList<>();

    Driven(StateBackend backend) {
      this.backend = backend;
      log = backend.rowLog(SPEC);
    }

    void write() {
      for (StateCapture capture : pending) {
        capture.takeMore(Integer.MAX_VALUE);
        written.add(bytes(capture));
      }
      pending.clear();
    }
  }

  @BeforeEach
  void open() {
    folder = ScratchFolder.in(parent);
    pages = new FilePages(TYPES, folder, 3, PAGES);
    log = new HeapRowLog(SPEC, pages);
  }

  @AfterEach
  void close() {
    log.close();
    folder.close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void shouldSaveTheSameBytesAsTheHeap() {
    Property.check(
        40,
        80,
        FilePagesTest::step,
        steps -> {
          Driven heap = new Driven(new HeapStateBackend());
          Driven files = new Driven(ChronicleState.in(parent, PAGES_OF_THE_HEAP).get());
          for (Step step : steps) {
            step.action.accept(heap);
            step.action.accept(files);
          }
          for (Driven driven : List.of(heap, files)) {
            driven.pending.add(driven.backend.capture(true));
            driven.write();
          }
          assertThat(files.written).hasSameSizeAs(heap.written);
          for (int i = 0; i < heap.written.size(); i++) {
            assertThat(files.written.get(i)).as("capture %s", i).isEqualTo(heap.written.get(i));
          }
          files.backend.close();
        });
  }

  @Test
  void shouldHaveFewPagesInMemoryWhenALogIsLong() {
    append(log, 7, 20_000);

    assertThat(pages.inMemory()).isEqualTo(PAGES);
    assertThat(pages.file().regions()).isBetween(20_000L / 8 - PAGES, 20_000L / 8);
    assertRows(log, 7, 0, 20_000);
    assertThat(pages.inMemory()).isEqualTo(PAGES);
    log.clear(7);
    int firstOfEachSizeOfBlocks = 3;
    assertThat(pages.inMemory()).isLessThanOrEqualTo(firstOfEachSizeOfBlocks);
    assertThat(pages.file().regions()).isLessThanOrEqualTo(firstOfEachSizeOfBlocks);
  }

  @Test
  void shouldHaveFewPagesInMemoryWhenThereAreManyLogs() {
    int count = 3_000;
    int[] slots = new int[count];
    long[] ordinals = new long[count];
    boolean[] drops = new boolean[count];
    long[] times = new long[count];
    for (int slot = 0; slot < count; slot++) {
      append(log, slot, 1 + slot % 20);
      slots[slot] = slot;
      drops[slot] = slot % 3 == 0;
      times[slot] = log.end(slot);
    }
    assertThat(pages.inMemory()).isEqualTo(PAGES);
    Column[] gathered = columns(count);
    log.gather(slots, ordinals, count, gathered);
    assertThat(pages.inMemory()).isEqualTo(PAGES);
    assertThat(gathered[1].get(2_999)).isEqualTo("row 0");
    log.replaceEach(slots, drops, times, rows(times), 0, count);

    assertThat(pages.inMemory()).isEqualTo(PAGES);
    for (int slot = 0; slot < count; slot++) {
      assertRows(log, slot, drops[slot] ? 1 : 0, 2 + slot % 20);
    }
  }

  @Test
  void shouldHaveFewPagesInMemoryWhenItIsCapturedAndRestored() {
    HeapRowLog heap = new HeapRowLog(SPEC);
    for (HeapRowLog each : List.of(heap, log)) {
      append(each, 0, 20_000);
      for (int slot = 1; slot < SLOTS; slot++) {
        append(each, slot, 1 + slot % 20);
      }
    }
    CapturedState capture = log.capture(true);
    while (capture.takeMore(100) == 100) {
      assertThat(pages.inMemory()).isLessThanOrEqualTo(PAGES);
    }
    byte[] saved = bytes(capture);
    FilePages others = new FilePages(TYPES, folder, 3, PAGES);
    HeapRowLog restored = new HeapRowLog(SPEC, others);
    restore(restored, saved);

    assertThat(others.inMemory()).isEqualTo(PAGES);
    for (int slot = 0; slot < SLOTS; slot++) {
      assertRows(restored, slot, 0, heap.end(slot));
    }
    restored.close();
  }

  @Test
  void shouldWriteWhatWasThereWhenRowsAreGoneBeforeACaptureIsWritten() {
    append(log, 0, 1_000);
    CapturedState capture = log.capture(true);
    capture.takeMore(Integer.MAX_VALUE);
    log.dropFirst(0, 1_000);
    append(log, 0, 5_000);
    HeapRowLog same = new HeapRowLog(SPEC);
    append(same, 0, 1_000);
    CapturedState expected = same.capture(true);
    expected.takeMore(Integer.MAX_VALUE);

    assertThat(bytes(capture)).isEqualTo(bytes(expected));
    assertRows(log, 0, 1_000, 6_000);
  }

  @Test
  void shouldNotGrowWhenSizeIsSteady() {
    append(log, 0, 2_000);
    long afterRound = 0;
    for (int round = 0; round < 200; round++) {
      log.dropFirst(0, 500);
      append(log, 0, 500);
      CapturedState capture = log.capture(false);
      capture.takeMore(Integer.MAX_VALUE);
      bytes(capture);
      afterRound = round == 20 ? pages.file().end() : afterRound;
    }

    assertThat(pages.file().end()).isLessThanOrEqualTo(afterRound);
    assertThat(pages.file().regions()).isLessThan(2 * 2_000 / 8);
  }

  @Test
  void shouldGiveBackWhatACaptureHoldsThatIsNotWritten() {
    append(log, SLOTS, 2_000);
    for (int slot = 0; slot < SLOTS; slot++) {
      append(log, slot, 7);
    }
    long afterRound = 0;
    for (int round = 0; round < 20; round++) {
      CapturedState capture = log.capture(true);
      capture.takeMore(Integer.MAX_VALUE);
      capture.discard();
      append(log, SLOTS, 100);
      log.dropFirst(SLOTS, 100);
      afterRound = round == 5 ? pages.file().end() : afterRound;
    }

    assertThat(pages.file().end()).isLessThanOrEqualTo(afterRound);
    assertThat(pages.file().regions()).isLessThan(2 * (2_000 + 7 * SLOTS) / 8);
  }

  @Test
  void shouldLeaveColumnsAloneWhenTheirPageGoes() {
    append(log, 0, 100);
    Column[] first = log.columns(0, 0);
    assertRows(log, 0, 0, 100);
    append(log, 1, 1_000);

    assertThat(log.columns(0, 0)).isNotSameAs(first);
    assertThat(first[1].get(5)).isEqualTo("row 5");
  }

  @Test
  void shouldHaveOneStringForEqualOnes() {
    ObjectColumn texts = new ObjectColumn(1);
    for (int i = 0; i < 100; i++) {
      texts.set(0, i % 2 == 0 ? "even" : "odd");
      log.append(0, i, new Column[] {new LongColumn(1), texts}, 0);
    }

    Object even = log.columns(0, 0)[1].get(0);
    assertThat(even).isEqualTo("even");
    assertThat(log.columns(0, 40)[1].get(0)).isSameAs(even);
  }

  @Test
  void shouldGoOnWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    append(log, 0, 1_000);
    assertRows(log, 0, 0, 1_000);

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void shouldHaveNoFileWhenAllFits() {
    append(log, 0, 8);

    assertThat(pages.file().end()).isZero();
    assertThat(parent.toFile().listFiles()).hasSize(1);
    assertThat(parent.toFile().listFiles()[0].list()).containsExactly("lock");
  }

  private static Step step(Random random) {
    int slot = random.nextInt(6) * random.nextInt(6);
    long seed = random.nextLong();
    return switch (random.nextInt(12)) {
      case 0 -> new Step("clear " + slot, d -> d.log.clear(slot));
      case 1, 2 -> new Step("drop of " + slot, d -> d.log.dropFirst(slot, part(d, slot, seed)));
      case 3 -> new Step("capture", d -> d.pending.add(d.backend.beginCapture(false)));
      case 4 -> new Step("capture in full", d -> d.pending.add(d.backend.beginCapture(true)));
      case 5 -> new Step("take out", d -> d.pending.forEach(capture -> capture.takeMore(3)));
      case 6 -> new Step("write", Driven::write);
      case 7, 8 -> new Step("replace by " + seed, d -> replace(d.log, new Random(seed)));
      default -> {
        int count = random.nextBoolean() ? 1 + random.nextInt(4) : random.nextInt(2_500);
        yield new Step("append " + count + " to " + slot, d -> append(d.log, slot, count));
      }
    };
  }

  private static int part(Driven driven, int slot, long seed) {
    return new Random(seed).nextInt(driven.log.size(slot) + 1);
  }

  private static void replace(RowLog log, Random random) {
    int count = random.nextInt(1_500);
    int[] slots = new int[count];
    boolean[] drops = new boolean[count];
    long[] times = new long[count];
    int[] rest = new int[36];
    int[] added = new int[36];
    for (int slot = 0; slot < rest.length; slot++) {
      rest[slot] = log.size(slot);
    }
    for (int i = 0; i < count; i++) {
      int slot = random.nextInt(6) * random.nextInt(6);
      slots[i] = slot;
      drops[i] = rest[slot] > 0 && random.nextInt(3) > 0;
      rest[slot] -= drops[i] ? 1 : 0;
      times[i] = log.end(slot) + added[slot]++;
    }
    log.replaceEach(slots, drops, times, rows(times), 0, count);
  }

  private static void append(RowLog log, int slot, int count) {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      times[i] = log.end(slot) + i;
    }
    log.appendAll(slot, times, rows(times), 0, count);
  }

  /** Rows that say which ordinal they are. */
  private static Column[] rows(long[] ordinals) {
    Column[] columns = columns(ordinals.length);
    for (int i = 0; i < ordinals.length; i++) {
      columns[0].set(i, ordinals[i] % 7 == 3 ? null : (Object) ordinals[i]);
      columns[1].set(i, "row " + ordinals[i]);
    }
    return columns;
  }

  private static Column[] columns(int capacity) {
    return new Column[] {new LongColumn(capacity), new ObjectColumn(capacity)};
  }

  private static void assertRows(RowLog log, int slot, long first, long end) {
    assertThat(log.first(slot)).isEqualTo(first);
    assertThat(log.end(slot)).isEqualTo(end);
    for (long ordinal = first; ordinal < end; ordinal++) {
      Column[] columns = log.columns(slot, ordinal);
      int index = log.index(slot, ordinal);
      assertThat(log.time(slot, ordinal)).isEqualTo(ordinal);
      assertThat(columns[0].get(index)).isEqualTo(ordinal % 7 == 3 ? null : (Object) ordinal);
      assertThat(columns[1].get(index)).isEqualTo("row " + ordinal);
    }
  }

  private static byte[] bytes(StateCapture capture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      capture.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(CapturedState capture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateWriter out = new StateWriter(new DataOutputStream(bytes));
    try {
      capture.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void restore(HeapRowLog log, byte[] saved) {
    try {
      log.restore(
          log.signature(), new StateReader(new DataInputStream(new ByteArrayInputStream(saved))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
