package io.millrace.spi.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.ByteOutput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
  @ParameterizedTest
  @CsvSource({
    "6162, -1",
    "c3a4, -1",
    "e282ac, -1",
    "f09f9880, -1",
    "f48fbfbf, -1",
    "ee8080, -1",
    "61ff, 1",
    "80, 0",
    "c080, 0",
    "c1bf, 0",
    "e08080, 0",
    "eda080, 0",
    "f0808080, 0",
    "f4908080, 0",
    "f8888080, 0",
    "616263c3, 3",
    "e282, 0",
    "f09f98, 0",
    "e28261, 0"
  })
  void shouldFindFirstByteThatBeginsNoCharacter(String hex, int expected) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThat(Utf8.findInvalid(bytes, 0, bytes.length)).isEqualTo(expected);
  }

  @Test
  void shouldJudgeAsTheStrictDecoderDoes() {
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = "aé€\uD83D\uDE00 plain text".getBytes(UTF_8);
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      assertThat(Utf8.findInvalid(bytes, 0, bytes.length) < 0)
          .as("seed %d, %s", seed, HexFormat.of().formatHex(bytes))
          .isEqualTo(isDecodable(bytes));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "é€\uD83D\uDE00\u0000\u007f\uFFFF"})
  void shouldWriteAsJavaDoes(String text) {
    ByteOutput out = new ByteOutput(1);
    Utf8.write(text, out);
    assertThat(out.toByteArray()).isEqualTo(text.getBytes(UTF_8));
  }

  @Test
  void shouldWriteQuestionMarkForLoneSurrogate() {
    ByteOutput out = new ByteOutput(1);
    Utf8.write("a\uD83Db\uDE00", out);
    assertThat(new String(out.toByteArray(), UTF_8)).isEqualTo("a?b?");
  }

  private static boolean isDecodable(byte[] bytes) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException ignored) { // the answer is no
      return false;
    }
  }
}
