package io.millrace.state.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.form.SavedForm;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the saved form still: what was written by a version of it can be read for ever, and its
 * bytes do not change without a new version. Each version's states are resources beside this class.
 */
class SavedFormTest {
  private static final Path TARGET = Path.of("target", "saved-state");

  @ParameterizedTest
  @ValueSource(ints = {2})
  void shouldReadStateOfEveryVersionOfTheForm(int version) throws IOException {
    FixedState fixed = new FixedState(new HeapStateBackend());
    fixed.make();
    HeapStateBackend backend = new HeapStateBackend();
    FixedState restored = new FixedState(backend);
    for (int part = 0; part < FixedState.PARTS; part++) {
      try (InputStream in = getClass().getResourceAsStream(name(version, part))) {
        assertThat(in).as("%s", name(version, part)).isNotNull();
        backend.restore(new DataInputStream(new ByteArrayInputStream(in.readAllBytes())));
      }
    }

    assertThat(restored.whole()).isEqualTo(fixed.whole());
  }

  @Test
  void shouldWriteTheSameBytesUnlessTheVersionOfTheFormHasRisen() throws IOException {
    List<byte[]> parts = new FixedState(new HeapStateBackend()).make();
    for (int part = 0; part < parts.size(); part++) {
      Path written = TARGET.resolve(name(SavedForm.VERSION, part));
      Files.createDirectories(written.getParent());
      Files.write(written, parts.get(part));
    }
    for (int part = 0; part < parts.size(); part++) {
      String name = name(SavedForm.VERSION, part);
      try (InputStream in = getClass().getResourceAsStream(name)) {
        byte[] kept = in == null ? new byte[0] : in.readAllBytes();
        assertThat(Arrays.equals(parts.get(part), kept))
            .as(
                "saved state has other bytes than version %s of the form: let SavedForm.VERSION"
                    + " rise, read the version before as well, and keep what was written now (%s)"
                    + " as a resource beside this test",
                SavedForm.VERSION, TARGET.resolve(name))
            .isTrue();
      }
    }
  }

  private static String name(int version, int part) {
    return "form-" + version + "/" + part + ".bin";
  }
}
