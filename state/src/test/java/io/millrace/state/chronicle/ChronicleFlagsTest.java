package io.millrace.state.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Logger;
import net.openhft.chronicle.map.ChronicleMap;
import org.junit.jupiter.api.Test;

class ChronicleFlagsTest {
  @Test
  void shouldNameEveryOptionWhenTheJvmHasNone() {
    assertThat(ChronicleFlags.missing(Logger.class.getModule()))
        .containsExactly(
            "--add-opens=java.base/java.lang=java.logging",
            "--add-opens=java.base/java.lang.reflect=java.logging",
            "--add-opens=java.base/sun.nio.ch=java.logging",
            "--add-exports=java.base/jdk.internal.ref=java.logging",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=java.logging");
  }

  @Test
  void shouldMissNothingWhenTheTestsOfThisBuildRun() {
    assertThat(ChronicleFlags.missing(ChronicleMap.class.getModule())).isEmpty();
  }
}
