package io.millrace.conformance.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * The main class of the process of a {@link KafkaServer}. It says {@link #READY} on standard output
 * when the server has started, answers questions that come on standard input, and stops when that
 * ends: so it outlives no test, however that ended.
 */
final class KafkaServerProcess {
  static final String READY = "ready";

  /**
   * A question to a controller, which is also the answer: when no broker is alive, as it thinks.
   */
  static final String NO_BROKER = "no broker";

  private static final String ALIVE =
      "kafka.controller:type=KafkaController,name=ActiveBrokerCount";

  private KafkaServerProcess() {}

  /**
   * Runs a server.
   *
   * @param arguments the file of its settings, and the id of its cluster
   */
  public static void main(String[] arguments) throws IOException, JMException {
    PrintStream answers = System.out;
    System.setOut(System.err);
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]), UTF_8)) {
      settings.load(reader);
    }
    format(arguments[0], Path.of(settings.getProperty("log.dirs")), arguments[1]);
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
    server.startup();
    answers.println(READY);
    answers.flush();
    BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (NO_BROKER.equals(questions.readLine())) {
      awaitNoBroker();
      answers.println(NO_BROKER);
      answers.flush();
    }
    server.shutdown();
    server.awaitShutdown();
    System.exit(0);
  }

  private static void format(String settingsFile, Path data, String cluster) {
    if (!Files.exists(data.resolve("meta.properties"))) {
      String[] command = {"format", "-t", cluster, "-c", settingsFile};
      PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
      int status = StorageTool.execute(command, nowhere);
      if (status != 0) {
        throw new IllegalStateException("formatting " + data + " ended with status " + status);
      }
    }
  }

  private static void awaitNoBroker() throws JMException {
    ObjectName alive = new ObjectName(ALIVE);
    while (!Integer.valueOf(0)
        .equals(ManagementFactory.getPlatformMBeanServer().getAttribute(alive, "Value"))) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }
}
