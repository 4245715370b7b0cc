package io.millrace.state.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateWriterTest {

  /** Writes with a writer that is flushed at the end. */
  private interface Writing {
    void to(StateWriter out) throws IOException;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 63, 64, -65, 127, 128, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE})
  void shouldReadTheNumberWhenItWasWrittenInAnyForm(long number) throws IOException {
    StateReader in =
        reader(
            written(
                out -> {
                  out.writeSigned(number);
                  out.writeUnsigned(number);
                  out.writeLong(number);
                }));

    assertThat(in.readSigned()).isEqualTo(number);
    assertThat(in.readUnsigned()).isEqualTo(number);
    assertThat(in.readLong()).isEqualTo(number);
  }

  @Test
  void shouldReadLongsWhenTheirDistancesNeedAnyWidth() throws IOException {
    for (int bits = 0; bits < 64; bits++) {
      long[] values = {-3, -3 + (1L << bits), -3 + (1L << bits) / 2, -3};
      StateReader in = reader(written(out -> out.writeLongs(values, values.length)));
      long[] read = new long[values.length];
      in.readLongs(read, read.length);
      assertThat(read).isEqualTo(values);
    }
  }

  @Test
  void shouldTakeFewBytesWhenLongsAreNearEachOther() throws IOException {
    long[] times = new long[1000];
    for (int i = 0; i < times.length; i++) {
      times[i] = 1_700_000_000_000L + i / 4;
    }

    assertThat(written(out -> out.writeLongs(times, times.length))).hasSize(4 + 1 + 8 + 1000);
  }

  @Test
  void shouldReadStringsWhenTheyAreMoreThanTheDictionaryHolds() throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      texts.add("text " + i);
      texts.add("text " + i / 2);
      texts.add("same");
    }
    StateReader in =
        reader(
            written(
                out -> {
                  for (String text : texts) {
                    out.writeString(text);
                  }
                }));

    for (String text : texts) {
      assertThat(in.readString()).isEqualTo(text);
    }
  }

  @Test
  void shouldShareStringsWhenTheyAreEqual() throws IOException {
    byte[] bytes =
        written(
            out -> {
              out.writeString(new String("symbol"));
              out.writeString(new String("symbol"));
            });
    StateReader in = reader(bytes);

    assertThat(in.readString()).isSameAs(in.readString());
    assertThat(bytes).hasSize(4 + 2 + 6 + 1);
  }

  @Test
  void shouldReadStringExactlyWhenItIsLongOrStrange() throws IOException {
    List<String> texts = List.of("", "x".repeat(5_000_000), "\uD800", "水車\u0000", "ÿ", "Ā");
    StateReader in =
        reader(
            written(
                out -> {
                  for (String text : texts) {
                    out.writeString(text);
                  }
                }));

    for (String text : texts) {
      assertThat(in.readString()).isEqualTo(text);
    }
  }

  @Test
  void shouldReadNoFurtherThanWasFlushedWhenOtherBytesFollow() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(bytes);
    StateWriter out = new StateWriter(data);
    out.writeString("first");
    out.flush();
    data.writeUTF("behind");
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

    assertThat(new StateReader(in).readString()).isEqualTo("first");
    assertThat(in.readUTF()).isEqualTo("behind");
  }

  @Test
  void shouldSaySoWhenBytesMakeNoSense() throws IOException {
    byte[] reference = written(out -> out.writeUnsigned(StateWriter.FIRST_REFERENCE + 7));
    byte[] shortened =
        written(
            out -> {
              out.writeUnsigned(StateWriter.LATIN_STRING);
              out.writeUnsigned(1000);
            });
    byte[] endless = written(out -> out.writeLong(-1L));

    assertThatThrownBy(() -> reader(reference).readString())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the saved state is damaged");
    assertThatThrownBy(() -> reader(shortened).readString()).isInstanceOf(MillraceException.class);
    assertThatThrownBy(() -> reader(endless).readUnsigned()).isInstanceOf(MillraceException.class);
  }

  private static byte[] written(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateWriter out = new StateWriter(new DataOutputStream(bytes));
    writing.to(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static StateReader reader(byte[] bytes) {
    return new StateReader(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
