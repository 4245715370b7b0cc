package io.millrace.conformance.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker, which is its own controller, in a process of its own on free ports. It keeps its
 * ports and its data from {@link #stop} or {@link #kill} to {@link #start}.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 30;

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private KafkaBroker(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts a new broker without topics. */
  public static KafkaBroker create() {
    try {
      Path folder = Files.createTempDirectory("millrace-kafka");
      int port;
      int controllerPort;
      try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          ServerSocket controller = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = broker.getLocalPort();
        controllerPort = controller.getLocalPort();
      }
      Files.writeString(
          folder.resolve("server.properties"), settings(folder, port, controllerPort));
      KafkaBroker broker = new KafkaBroker(folder, port);
      broker.start();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients find it, as {@code host:port}; also while it is down. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Starts it again; returns when it takes connections. */
  public void start() {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            BrokerProcess.class.getName(),
            folder.resolve("server.properties").toString());
    command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    command.redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
    try {
      Process started = command.start();
      process = started;
      awaitReady(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady(Process started) throws IOException {
    BufferedReader answers =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    CompletableFuture<@Nullable String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return answers.readLine();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      if (!BrokerProcess.READY.equals(line.get(START_SECONDS, TimeUnit.SECONDS))) {
        throw new IllegalStateException("the broker did not start:\n" + Files.readString(log()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      started.destroyForcibly();
    } catch (ExecutionException | TimeoutException e) {
      started.destroyForcibly();
      throw new IllegalStateException("the broker did not start:\n" + Files.readString(log()), e);
    }
  }

  /** Lets it shut down in an orderly way, and waits for it. */
  public void stop() {
    Process running = process;
    if (running != null) {
      try {
        running.getOutputStream().close();
      } catch (IOException ignored) { // it has gone already
      }
      awaitEnd(running);
    }
  }

  /** Ends it at once, as a crash does. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      awaitEnd(running);
    }
  }

  private void awaitEnd(Process running) {
    try {
      if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      running.destroyForcibly();
    }
    process = null;
  }

  /** Ends it and deletes its data. */
  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return folder.resolve("broker.log");
  }

  private static String settings(Path folder, int port, int controllerPort) {
    String data = folder.resolve("data").toString().replace("\\", "/");
    return String.join(
        "\n",
        List.of(
            "process.roles=broker,controller",
            "node.id=1",
            "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
            "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
            "inter.broker.listener.name=PLAINTEXT",
            "controller.listener.names=CONTROLLER",
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs=" + data,
            "num.partitions=1",
            "log.retention.ms=-1", // records have event times long ago
            "auto.create.topics.enable=false",
            "offsets.topic.replication.factor=1",
            "offsets.topic.num.partitions=1",
            "transaction.state.log.replication.factor=1",
            "transaction.state.log.min.isr=1",
            "transaction.state.log.num.partitions=1",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms=200",
            "share.coordinator.state.topic.replication.factor=1",
            "share.coordinator.state.topic.min.isr=1",
            "share.coordinator.state.topic.num.partitions=1",
            "group.initial.rebalance.delay.ms=0",
            "group.min.session.timeout.ms=500",
            "log.cleaner.dedupe.buffer.size=2097152",
            "num.network.threads=2",
            "num.io.threads=2",
            "broker.session.timeout.ms=2000",
            "broker.heartbeat.interval.ms=500",
            ""));
  }
}
