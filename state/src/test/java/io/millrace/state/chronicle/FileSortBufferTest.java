package io.millrace.state.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.RowBuffer;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.state.SortBuffer;
import io.millrace.spi.state.SortBufferSpec;
import io.millrace.spi.time.SourceTimeline;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Schema;
import io.millrace.state.codec.StateReader;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedState;
import io.millrace.state.form.DeclaredSortBuffer;
import io.millrace.state.heap.HeapSortBuffer;
import io.millrace.testkit.Property;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sort buffers all rows of which are in a file but for a few. */
class FileSortBufferTest {
  private static final SortBufferSpec SPEC =
      new SortBufferSpec("b", 1, List.of(DataType.BIGINT, DataType.STRING));
  private static final Schema ROWS =
      Schema.of(new Field("n", DataType.BIGINT), new Field("s", DataType.STRING));
  private static final int MOST = 8;

  @TempDir private Path parent;
  private ScratchFolder folder;
  private FileSortBuffer buffer;

  @BeforeEach
  void open() {
    folder = ScratchFolder.in(parent);
    buffer = new FileSortBuffer(SPEC, folder, MOST);
  }

  @AfterEach
  void close() {
    buffer.close();
    folder.close();
    assertThat(parent).isEmptyDirectory();
  }

  /** A buffer on the heap, one in a file, and what the latter has captured. */
  private static final class Both {
    private final HeapSortBuffer heap = new HeapSortBuffer(SPEC);
    private final FileSortBuffer files;
    private final List<byte[]> chain = new ArrayList<>();
    private final Queue<CapturedState> pending = new ArrayDeque<>();
    private long number;

    Both(FileSortBuffer files) {
      this.files = files;
      chain.add(bytes(files.capture(true)));
    }

    void step(Random random) {
      switch (random.nextInt(6)) {
        case 0 -> pending.add(files.capture(false));
        case 1 -> writePending();
        case 2, 3 -> {
          long time = random.nextInt(1_000);
          int limit = random.nextInt(20);
          assertThat(drain(files, time, limit)).isEqualTo(drain(heap, time, limit));
        }
        default -> {
          for (int i = random.nextInt(40); i > 0; i--) {
            long time = random.nextInt(1_000);
            int lane = random.nextInt(3);
            add(heap, time, lane, number);
            add(files, time, lane, number++);
          }
        }
      }
      assertThat(files.size()).isEqualTo(heap.size());
      assertThat(files.firstTime()).isEqualTo(heap.firstTime());
    }

    private void writePending() {
      pending.forEach(capture -> chain.add(bytes(capture)));
      pending.clear();
    }
  }

  /** Drains the same as on the heap, and saves what is restored to it, of whatever moment. */
  @Test
  void shouldDrainTheSameAsTheHeap() {
    Property.check(
        60,
        60,
        Random::nextLong,
        seeds -> {
          Both both = new Both(new FileSortBuffer(SPEC, folder, MOST));
          seeds.forEach(seed -> both.step(new Random(seed)));
          both.writePending();
          both.chain.add(bytes(both.files.capture(false)));
          assertThat(bytes(both.files.capture(true))).isEqualTo(bytes(both.heap.capture(true)));
          FileSortBuffer restored = new FileSortBuffer(SPEC, folder, MOST);
          HeapSortBuffer onHeap = new HeapSortBuffer(SPEC);
          for (byte[] saved : both.chain) {
            restore(restored, saved);
            restore(onHeap, saved);
          }
          assertThat(restored.isChanged()).isFalse();
          List<String> expected = drain(both.heap, Long.MAX_VALUE, Integer.MAX_VALUE);
          for (SortBuffer each : List.of(restored, onHeap, both.files)) {
            assertThat(drain(each, Long.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(expected);
          }
          restored.close();
          both.files.close();
        });
  }

  @Test
  void shouldHaveOneRunWhenRowsComeInOrder() {
    for (int i = 0; i < 10_000; i++) {
      add(buffer, i / 3, 0, i);
    }

    assertThat(buffer.runs().count()).isEqualTo(1);
    assertThat(buffer.runs().size()).isGreaterThanOrEqualTo(10_000 - MOST);
    assertThat(buffer.firstTime()).isZero();
    assertNumbers(drain(buffer, Long.MAX_VALUE, Integer.MAX_VALUE), 0, 10_000);
    assertThat(buffer.runs().file().regions()).isZero();
  }

  @Test
  void shouldHaveFewRunsWhenRowsComeNearlyInOrder() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      add(buffer, i + random.nextInt(10), 0, i);
    }

    assertThat(buffer.runs().count()).isLessThan(10);
  }

  @Test
  void shouldNotGrowWhenSizeIsSteady() {
    long afterRound = 0;
    int number = 0;
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < 100; i++) {
        add(buffer, number, 0, number++);
      }
      CapturedState capture = buffer.capture(round % 10 == 0);
      if (round % 3 == 0) {
        capture.discard();
      } else {
        bytes(capture);
      }
      if (round >= 5) {
        assertNumbers(drain(buffer, number, 100), number - 600, number - 500);
      }
      afterRound = round == 20 ? buffer.runs().file().end() : afterRound;
    }

    assertThat(buffer.runs().file().end()).isLessThanOrEqualTo(afterRound);
  }

  @Test
  void shouldWriteWhatWasThereWhenRowsAreGoneBeforeACaptureIsWritten() {
    HeapSortBuffer heap = new HeapSortBuffer(SPEC);
    for (int i = 0; i < 1_000; i++) {
      add(heap, 37 * i % 1_000, 0, i);
      add(buffer, 37 * i % 1_000, 0, i);
    }
    CapturedState capture = buffer.capture(true);
    drain(buffer, Long.MAX_VALUE, Integer.MAX_VALUE);
    for (int i = 0; i < 1_000; i++) {
      add(buffer, i, 0, -i);
    }

    assertThat(bytes(capture)).isEqualTo(bytes(heap.capture(true)));
  }

  @Test
  void shouldHaveAllRowsWhenTheFileCannotBeWritten() throws IOException {
    for (int i = 0; i < MOST; i++) {
      add(buffer, MOST - i, 0, i);
    }
    Path file = folder.newFile().resolveSibling("1");
    Files.createDirectory(file);

    assertThatThrownBy(() -> add(buffer, 0, 0, MOST))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("state.dir");
    Files.delete(file);

    assertThat(buffer.size()).isEqualTo(MOST);
    assertThat(drain(buffer, Long.MAX_VALUE, Integer.MAX_VALUE)).hasSize(MOST);
  }

  @Test
  void shouldHaveNoFileWhenAllFits() {
    for (int i = 0; i < 100; i++) {
      add(buffer, i, 0, i);
      drain(buffer, i - MOST + 1, Integer.MAX_VALUE);
    }

    assertThat(parent.toFile().listFiles()[0].list()).containsExactly("lock");
  }

  private static void assertNumbers(List<String> rows, int from, int to) {
    assertThat(rows).hasSize(to - from);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).endsWith(" row " + (from + i));
    }
  }

  private static void add(SortBuffer to, long time, int lane, long number) {
    RowBuffer row = new RowBuffer(ROWS, 1, new SourceTimeline());
    row.append(time, 0);
    row.lane(0, lane);
    row.place(0, (int) (number % 3));
    ((LongColumn) row.column(0)).put(0, number);
    row.column(1).set(0, number % 5 == 2 ? null : "row " + number);
    to.add(row.batchWithPlaces(new SourceTimeline(), new SourceTimeline()), 0);
  }

  private static List<String> drain(SortBuffer from, long time, int limit) {
    RowBuffer target = new RowBuffer(ROWS, 1, new SourceTimeline());
    int count = from.drainTo(time, limit, target, 4);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long number = ((LongColumn) target.column(0)).values()[i];
      Object text = target.column(1).get(i);
      assertThat(text).isEqualTo(number % 5 == 2 ? null : "row " + number);
      rows.add(target.rowtimes()[i] + " " + target.place(i) + " row " + number);
    }
    return rows;
  }

  private static byte[] bytes(CapturedState capture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateWriter out = new StateWriter(new DataOutputStream(bytes));
    try {
      capture.takeMore(Integer.MAX_VALUE);
      capture.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void restore(DeclaredSortBuffer to, byte[] saved) {
    try {
      to.restore(
          to.signature(), new StateReader(new DataInputStream(new ByteArrayInputStream(saved))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
