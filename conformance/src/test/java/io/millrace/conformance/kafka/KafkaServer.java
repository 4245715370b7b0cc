package io.millrace.conformance.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A broker or a controller of Kafka, in a process of its own. It keeps its data from {@link #stop}
 * or {@link #kill} to {@link #start}. Used by one thread.
 */
final class KafkaServer {
  private static final int ANSWER_SECONDS = 120;
  private static final int STOP_SECONDS = 30;

  private final Path folder;
  private final String cluster;
  private @Nullable Running running;

  /** A process and what it says. */
  private record Running(Process process, BufferedReader answers) {}

  /**
   * Writes down the settings of a server that has not been started.
   *
   * @param folder of this server alone
   * @param cluster the id of its cluster
   * @param settings as lines of a file of properties, beside the place of its data
   */
  KafkaServer(Path folder, String cluster, List<String> settings) throws IOException {
    this.folder = folder;
    this.cluster = cluster;
    String data = folder.resolve("data").toString().replace("\\", "/");
    Files.createDirectories(folder);
    Files.writeString(
        settingsFile(), String.join("\n", settings) + "\nlog.dirs=" + data + "\n", UTF_8);
  }

  /** Starts it, again if it has been ended; returns when it takes connections. */
  void start() {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            KafkaServerProcess.class.getName(),
            settingsFile().toString(),
            cluster);
    command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    command.redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
    try {
      Process process = command.start();
      Running started =
          new Running(
              process, new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
      running = started;
      awaitAnswer(started, KafkaServerProcess.READY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the controller that this is takes no broker for alive. */
  void awaitNoBroker() {
    Running asked = running;
    if (asked == null) {
      throw new IllegalStateException("the controller is not running");
    }
    try {
      asked
          .process()
          .getOutputStream()
          .write((KafkaServerProcess.NO_BROKER + "\n").getBytes(UTF_8));
      asked.process().getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitAnswer(asked, KafkaServerProcess.NO_BROKER);
  }

  private void awaitAnswer(Running asked, String expected) {
    CompletableFuture<@Nullable String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return asked.answers().readLine();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      if (!expected.equals(line.get(ANSWER_SECONDS, TimeUnit.SECONDS))) {
        throw new IllegalStateException(withLog("it ended, and did not say '" + expected + "'"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      asked.process().destroyForcibly();
    } catch (ExecutionException | TimeoutException e) {
      asked.process().destroyForcibly();
      throw new IllegalStateException(withLog("it did not say '" + expected + "'"), e);
    }
  }

  private String withLog(String what) {
    try {
      return folder.getFileName() + ": " + what + "; its log:\n" + Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets it shut down in an orderly way, and waits for it. */
  void stop() {
    Running ending = running;
    if (ending != null) {
      try {
        ending.process().getOutputStream().close();
      } catch (IOException ignored) { // it has gone already
      }
      awaitEnd(ending.process());
    }
  }

  /** Ends it at once, as a crash does. */
  void kill() {
    Running ending = running;
    if (ending != null) {
      ending.process().destroyForcibly();
      awaitEnd(ending.process());
    }
  }

  private void awaitEnd(Process process) {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    running = null;
  }

  private Path settingsFile() {
    return folder.resolve("server.properties");
  }

  private Path log() {
    return folder.resolve("server.log");
  }
}
