package io.millrace.conformance.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * The main class of the broker's process. It says {@link #READY} on standard output when it takes
 * connections, and stops when standard input ends: so it outlives no test, however that ended.
 */
public final class BrokerProcess {
  static final String READY = "ready";

  private BrokerProcess() {}

  /**
   * Runs a broker.
   *
   * @param arguments the file of its settings
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
      settings.load(reader);
    }
    format(arguments[0], Path.of(settings.getProperty("log.dirs")));
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
    server.startup();
    answers.println(READY);
    answers.flush();
    awaitEnd(System.in);
    server.shutdown();
    server.awaitShutdown();
    System.exit(0);
  }

  private static void format(String settingsFile, Path data) {
    if (!Files.exists(data.resolve("meta.properties"))) {
      String cluster = Uuid.randomUuid().toString();
      String[] command = {"format", "-t", cluster, "-c", settingsFile};
      PrintStream nowhere =
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      int status = StorageTool.execute(command, nowhere);
      if (status != 0) {
        throw new IllegalStateException("formatting " + data + " ended with status " + status);
      }
    }
  }

  private static void awaitEnd(InputStream input) throws IOException {
    byte[] ignored = new byte[64];
    int read = 0;
    while (read >= 0) {
      read = input.read(ignored);
    }
  }
}
