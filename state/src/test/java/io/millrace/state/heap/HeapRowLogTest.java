package io.millrace.state.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.data.Column;
import io.millrace.spi.data.LongColumn;
import io.millrace.spi.data.ObjectColumn;
import io.millrace.spi.state.RowLogSpec;
import io.millrace.spi.types.DataType;
import io.millrace.state.codec.StateWriter;
import io.millrace.state.form.CapturedState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapRowLogTest {
  private final HeapRowLog log = newLog();
  private final LongColumn numbers = new LongColumn(1);
  private final ObjectColumn texts = new ObjectColumn(1);
  private final Column[] row = {numbers, texts};

  @Test
  void shouldLeaveSealedSegmentsAloneWhenTheLogGrows() {
    append(0, 5000);
    Column[] sealed = log.columns(0, 2048);
    long[] values = ((LongColumn) sealed[0]).values();
    append(0, 5000);
    log.dropFirst(0, 2048);

    assertThat(log.columns(0, 2048)).isSameAs(sealed);
    assertThat(((LongColumn) sealed[0]).values()).isSameAs(values);
    assertThat(log.runEnd(0, 2048)).isEqualTo(3072);
    assertThat(log.index(0, 2049)).isEqualTo(1);
  }

  @Test
  void shouldUseTheSamePagesWhenSizeIsSteady() {
    append(0, 5000);
    log.dropFirst(0, 1024);
    append(0, 1024);
    Column[] reused = log.columns(0, 5999);
    for (int i = 0; i < 100; i++) {
      log.dropFirst(0, 1024);
      append(0, 1024);
    }

    assertThat(isUsed(reused)).isTrue();
  }

  @Test
  void shouldUseNoPageAgainWhenACaptureIsNotWritten() throws IOException {
    append(0, 5000);
    Column[] page = log.columns(0, 0);
    CapturedState capture = log.capture(false);
    log.dropFirst(0, 4096);
    append(0, 4096);

    assertThat(page[0].get(17)).isEqualTo(17L);
    assertThat(isUsed(page)).isFalse();
    byte[] late = bytes(capture);
    HeapRowLog same = newLog();
    append(same, 0, 5000);
    assertThat(late).isEqualTo(bytes(same.capture(false)));
  }

  @Test
  void shouldUsePagesAgainWhenTheirCaptureIsWritten() throws IOException {
    append(0, 5000);
    Column[] page = log.columns(0, 0);
    bytes(log.capture(false));
    log.dropFirst(0, 1024);
    append(0, 1024);

    assertThat(isUsed(page)).isTrue();
  }

  @Test
  void shouldHoldNoReferencesWhenRowsAreGone() {
    append(0, 3);
    append(1, 3000);
    ObjectColumn block = (ObjectColumn) log.columns(0, 0)[1];
    ObjectColumn page = (ObjectColumn) log.columns(1, 1000)[1];
    log.clear(0);
    log.dropFirst(1, 3000);

    assertThat(block.values()).containsOnlyNulls();
    assertThat(page.values()).containsOnlyNulls();
    assertThat(log.entries()).isZero();
  }

  @Test
  void shouldRefuseWhenMoreRowsAreDroppedThanAreThere() {
    append(2, 3);

    assertThatThrownBy(() -> log.dropFirst(2, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot drop 4 of 3 rows of slot 2");
  }

  private static HeapRowLog newLog() {
    return new HeapRowLog(new RowLogSpec("l", 1, List.of(DataType.BIGINT, DataType.STRING)));
  }

  private boolean isUsed(Column[] page) {
    boolean used = false;
    for (long ordinal = log.first(0); ordinal < log.end(0); ordinal = log.runEnd(0, ordinal)) {
      used |= log.columns(0, ordinal) == page;
    }
    return used;
  }

  private static byte[] bytes(CapturedState capture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateWriter out = new StateWriter(new DataOutputStream(bytes));
    capture.takeMore(Integer.MAX_VALUE);
    capture.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  private void append(int slot, int count) {
    append(log, slot, count);
  }

  private void append(HeapRowLog to, int slot, int count) {
    for (int i = 0; i < count; i++) {
      long ordinal = to.end(slot);
      numbers.values()[0] = ordinal;
      texts.set(0, "row " + ordinal);
      to.append(slot, ordinal, row, 0);
    }
  }
}
