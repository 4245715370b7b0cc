package io.millrace.state.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotKeyTest {
  private static final String HEX =
      "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

  @TempDir Path folder;

  @Test
  void shouldBeTheSameKeyWhenHexadecimalOrBase64() throws IOException {
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(HEX));
    byte[] id = fromVariable(HEX).id();
    assertThat(fromVariable(HEX.toUpperCase(Locale.ROOT)).id()).isEqualTo(id);
    assertThat(fromVariable(base64).id()).isEqualTo(id);
    assertThat(fromVariable(base64.replace("=", "")).id()).isEqualTo(id);
    Path file = Files.writeString(folder.resolve("key"), "  " + base64 + "\n");
    assertThat(SnapshotKey.fromFile(file).id()).isEqualTo(id);
    assertThat(fromVariable(HEX.replace("ee", "ef")).id()).isNotEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "' ', is empty",
    "secret key!, holds something else than a key",
    "00112233, holds a key of 6 bytes (read as Base64)",
    HEX + "00, holds a key of 49 bytes (read as Base64)"
  })
  void shouldSayWhatIsExpectedWhenItIsNoKey(String text, String message) {
    assertThatThrownBy(() -> fromVariable(text))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("the environment variable 'KEY' " + message)
        .hasMessageContaining("expected 32 bytes as 64 hexadecimal digits or as Base64")
        .hasNoCause();
  }

  @Test
  void shouldNameFileOrVariableWhenMissing() {
    Path file = folder.resolve("missing");
    assertThatThrownBy(() -> SnapshotKey.fromFile(file))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("cannot read the key file '" + file + "'");
    assertThatThrownBy(() -> SnapshotKey.fromEnvironment("KEY", Map.of()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'KEY'")
        .hasMessageContaining("is not set");
  }

  @Test
  void shouldNotShowKeyWhenPrinted() {
    assertThat(fromVariable(HEX)).hasToString("SnapshotKey");
  }

  private static SnapshotKey fromVariable(String text) {
    return SnapshotKey.fromEnvironment("KEY", Map.of("KEY", text));
  }
}
