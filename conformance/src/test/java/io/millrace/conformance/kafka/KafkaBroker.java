package io.millrace.conformance.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * A cluster of one Kafka broker, on a free port, and its controller, each in a process of its own.
 * The broker keeps its port and its data from {@link #stop} or {@link #kill} to {@link #start}.
 *
 * <p>The controller stays when the broker is killed, and a broker is started again only when the
 * controller knows that it has gone. A broker that comes back before, as it must where it is its
 * own controller, leads its partitions for a moment as if it had never gone; it may lose them in
 * the middle of completing a transaction, and Kafka 4.3 then takes them for deleted: the
 * transaction is committed, but for ever open on them ({@code TransactionMarkerChannelManager}, at
 * partitions without a leader).
 */
public final class KafkaBroker implements AutoCloseable {
  private final Path folder;
  private final int port;
  private final KafkaServer controller;
  private final KafkaServer broker;

  private KafkaBroker(Path folder, int port, int controllerPort) throws IOException {
    this.folder = folder;
    this.port = port;
    String cluster = Uuid.randomUuid().toString();
    this.controller =
        new KafkaServer(folder.resolve("controller"), cluster, controllerSettings(controllerPort));
    this.broker =
        new KafkaServer(folder.resolve("broker"), cluster, brokerSettings(port, controllerPort));
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
      KafkaBroker created = new KafkaBroker(folder, port, controllerPort);
      created.controller.start();
      created.broker.start();
      return created;
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
    controller.awaitNoBroker();
    broker.start();
  }

  /** Lets it shut down in an orderly way, and waits for it. */
  public void stop() {
    broker.stop();
  }

  /** Ends it at once, as a crash does. */
  public void kill() {
    broker.kill();
  }

  /** Ends it and deletes its data. */
  @Override
  public void close() {
    broker.kill();
    controller.kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> controllerSettings(int port) {
    return List.of(
        "process.roles=controller",
        "node.id=2",
        "controller.quorum.voters=2@127.0.0.1:" + port,
        "listeners=CONTROLLER://127.0.0.1:" + port,
        "controller.listener.names=CONTROLLER",
        "listener.security.protocol.map=CONTROLLER:PLAINTEXT",
        "num.network.threads=1",
        "num.io.threads=1",
        "broker.session.timeout.ms=6000");
  }

  private static List<String> brokerSettings(int port, int controllerPort) {
    return List.of(
        "process.roles=broker",
        "node.id=1",
        "controller.quorum.voters=2@127.0.0.1:" + controllerPort,
        "listeners=PLAINTEXT://127.0.0.1:" + port,
        "inter.broker.listener.name=PLAINTEXT",
        "controller.listener.names=CONTROLLER",
        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
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
        "broker.heartbeat.interval.ms=500");
  }
}
