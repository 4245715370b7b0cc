package io.millrace.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.SharedJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Engines that share a job which joins two topics by their keys. */
@ExtendWith(KafkaBrokerExtension.class)
final class SharedJoinBrokerTest {
  private static final int PARTITIONS = 4;
  private static final int KEYS = 40;
  private static final String STREAMS =
      """
      SET 'commit.interval' = '50 ms';
      CREATE STREAM Orders (id STRING KEY, item INT, ts BIGINT, WATERMARK FOR ts AS ts)
      WITH (connector = 'kafka', topic = '${in}', format = 'json', bootstrap.servers = '${broker}');
      CREATE STREAM Payments (id STRING KEY, order_id STRING, sum INT, ts BIGINT, WATERMARK FOR ts AS ts)
      WITH (connector = 'kafka', topic = '${in}-payments', format = 'json', bootstrap.servers = '${broker}');
      CREATE STREAM Joined
      WITH (connector = 'kafka', topic = '${joined}', format = 'json', bootstrap.servers = '${broker}') AS
      SELECT o.id AS id, o.item AS item, p.sum AS sum
      FROM Orders o LEFT JOIN Payments p WITHIN (0 SEC, 1 SEC) ON o.id = p.
      """
          .stripTrailing();

  private final SharedEngines engines;
  private final KafkaBroker broker;

  SharedJoinBrokerTest(KafkaBroker broker, @TempDir Path folder) {
    this.broker = broker;
    this.engines = new SharedEngines(broker, folder, List.of("joined"));
  }

  @AfterEach
  void close() throws Exception {
    engines.close();
  }

  /** The second one comes when the first has orders that wait. */
  @Test
  void shouldJoinInEachProcessTheRowsOfItsPartitions() {
    engines.createTopics("join", PARTITIONS);
    TestTopic orders = engines.topic("join-in", PARTITIONS);
    TestTopic payments = TestTopic.create(broker, "join-in-payments", PARTITIONS);
    SharedJob first = engines.share("join", STREAMS + "id;");
    first.start();
    List<ProducerRecord<byte[], byte[]>> ordered = new ArrayList<>();
    List<ProducerRecord<byte[], byte[]>> paid = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      int partition = key % PARTITIONS;
      ordered.add(
          orders.record(
              partition, null, "k" + key, "{\"item\":" + key + ",\"ts\":" + (1_000 + key) + "}"));
      boolean isPaid = key % 3 > 0;
      if (isPaid) {
        paid.add(
            payments.record(
                partition, null, "k" + key, "{\"sum\":" + key + ",\"ts\":" + (2_000 + key) + "}"));
      }
      expected.add(
          "k%d={\"id\":\"k%d\",\"item\":%d,\"sum\":%s}"
              .formatted(key, key, key, isPaid ? key : "null"));
    }
    orders.send(ordered);
    SharedEngines.awaitTrue(List.of(first), () -> first.metrics().totalIn() == KEYS);
    SharedJob second = engines.share("join", STREAMS + "id;");
    second.start();
    payments.send(paid);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      orders.send(List.of(orders.record(partition, null, "last", "{\"item\":0,\"ts\":9000}")));
      payments.send(List.of(payments.record(partition, null, "last", "{\"sum\":0,\"ts\":7999}")));
    }
    TestTopic joined = engines.topic("join-joined", 1);
    SharedEngines.awaitTrue(
        List.of(first, second), () -> joined.readCommitted().size() >= expected.size());
    first.stop();
    second.stop();

    assertThat(joined.readWhenDecided().stream().map(text -> text.replaceAll("@.*", "")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldSayWhichKeysMustBeComparedWithEachOther() {
    engines.createTopics("join-other", PARTITIONS);
    TestTopic.create(broker, "join-other-in-payments", PARTITIONS);

    assertThatThrownBy(() -> engines.share("join-other", STREAMS + "order_id;"))
        .hasMessageContaining("the key of 'Orders' is id, the key of 'Payments' is id")
        .hasMessageContaining("compare the keys of both with each other");
  }
}
