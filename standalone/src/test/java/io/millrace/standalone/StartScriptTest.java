package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script, with a java in its place that prints its arguments, one on a line. */
final class StartScriptTest {
  private static final Path SCRIPTS = Path.of("src/main/distribution/bin");

  @TempDir private Path folder;
  private Path javaHome;
  private Path home;
  private Path script;

  /** What a process printed, both streams together, and its exit status. */
  private record Outcome(int status, String text) {}

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(folder.toRealPath().resolve("home with a space"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.copy(SCRIPTS.resolve("find-java.sh"), bin.resolve("find-java.sh"));
    script = Files.copy(SCRIPTS.resolve("millrace"), bin.resolve("millrace"));
  }

  @BeforeEach
  void makeJava() throws IOException {
    javaHome = folder.resolve("jdk");
    Files.createDirectories(javaHome.resolve("bin"));
    writeRelease("17.0.15");
    Path java = javaHome.resolve("bin/java");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    makeExecutable(java);
  }

  @Test
  void shouldPassArgumentsUnchangedWhenJavaFits() throws Exception {
    Outcome outcome = start(script, Map.of(), "run", "a b.sql", "--var", "x=*");

    assertThat(outcome.text()).endsWith("io.millrace.standalone.Main\nrun\na b.sql\n--var\nx=*\n");
    assertThat(outcome.status()).isZero();
  }

  @Test
  void shouldPassOptionsToTheJvmWhenGiven() throws Exception {
    Outcome outcome = start(script, Map.of("MILLRACE_OPTS", "-Xmx8g -Dx=y"));

    assertThat(outcome.text()).containsSubsequence("-Xmx8g\n", "-Dx=y\n", "-cp\n");
  }

  @Test
  void shouldAddJarsToTheClassPathWhenGiven() throws Exception {
    Outcome outcome = start(script, Map.of("MILLRACE_CLASSPATH", "/jars/own.jar"));

    assertThat(outcome.text()).contains(".jar:/jars/own.jar\n");
  }

  @Test
  void shouldFindItsHomeWhenCalledThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("millrace"), script);

    Outcome outcome = start(link, Map.of());

    assertThat(outcome.text()).contains("-Dmillrace.home=" + home + "\n");
  }

  @Test
  void shouldSayWhatToDoWhenJavaHomeHasNoJava() throws Exception {
    Files.delete(javaHome.resolve("bin/java"));

    Outcome outcome = start(script, Map.of());

    assertThat(outcome.text())
        .isEqualTo(
            """
            error: JAVA_HOME is '%s', but there is no bin/java in it
              help: set JAVA_HOME to the folder of a JDK 17 or newer, or unset it to use the java on the PATH
            """
                .replace("%s", javaHome.toString()));
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void shouldNameBothVersionsWhenJavaIsTooOld() throws Exception {
    writeRelease("11.0.2");

    Outcome outcome = start(script, Map.of());

    assertThat(outcome.text())
        .startsWith(
            "error: '" + javaHome + "/bin/java' is Java 11.0.2, and Millrace needs 17 or newer\n");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void shouldReadOldStyleVersionsWhenJavaIsEight() throws Exception {
    writeRelease("1.8.0_402");

    assertThat(start(script, Map.of()).text())
        .contains("is Java 1.8.0_402, and Millrace needs 17 or newer");
  }

  @Test
  void shouldAskJavaItselfWhenItsHomeNamesNoVersion() throws Exception {
    Files.delete(javaHome.resolve("release"));
    Files.writeString(
        javaHome.resolve("bin/java"),
        "#!/bin/sh\necho 'openjdk version \"25.0.3\" 2026-04-21' >&2\n");

    Outcome outcome = start(script, Map.of());

    assertThat(outcome.status()).isZero();
  }

  private Outcome start(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().remove("MILLRACE_OPTS");
    builder.environment().remove("MILLRACE_CLASSPATH");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), text);
  }

  private void writeRelease(String version) throws IOException {
    Files.writeString(javaHome.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
