package io.millrace.conformance.kafka;

import static io.millrace.conformance.kafka.KafkaStream.pollUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.CommitAuthority;
import io.millrace.spi.connector.CommitPointer;
import io.millrace.spi.connector.PendingCommit;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourcePositions;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.connector.TakenOverException;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.StreamFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaBrokerExtension.class)
final class KafkaTransactionBrokerTest {
  private static final Field ID = new Field("id", DataType.STRING);
  private static final Field N = new Field("n", DataType.BIGINT);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final KafkaBroker broker;

  KafkaTransactionBrokerTest(KafkaBroker broker) {
    this.broker = broker;
  }

  /** A stream of a number keyed by a text over a topic that has the name of the job. */
  private KafkaStream stream(String topic) {
    return KafkaStream.of(broker, topic, ID, N).keyedBy(0);
  }

  private static StreamDefinition sink(KafkaStream stream) {
    return stream.named("Out");
  }

  private static CommitAuthority open(String job, StreamDefinition... sinks) {
    return KafkaStream.openTransactions(job, List.of(sinks), LONGEST);
  }

  /** Opens the authority of a job with one sink and fences. */
  private CommitAuthority fenced(String job) {
    CommitAuthority authority = open(job, sink(stream(job)));
    authority.fence();
    return authority;
  }

  private void write(CommitAuthority authority, String topic, Object... idsAndNumbers) {
    KafkaStream stream = stream(topic);
    authority.sink(sink(stream)).write(batch(stream, idsAndNumbers));
  }

  private static Batch batch(KafkaStream stream, Object... idsAndNumbers) {
    BatchFixture rows = new BatchFixture(stream.schema());
    for (int i = 0; i < idsAndNumbers.length; i += 2) {
      rows.row(idsAndNumbers[i], idsAndNumbers[i + 1]);
    }
    return rows.batch();
  }

  private static CommitPointer pointer(String job, long snapshot) {
    return new CommitPointer(job, snapshot, "c0ffee");
  }

  private static String record(String id, long n) {
    return id + "={\"id\":\"" + id + "\",\"n\":" + n + "}@0";
  }

  /** Of a stream, and of sources that have no offsets on the cluster. */
  private List<SourcePositions> positionsIn(String topic) {
    KafkaStream stream = stream(topic);
    List<String> first = List.of(topic + "-0");
    return List.of(
        new SourcePositions(
            StreamFixture.of(ID).definition(), List.of("a file"), List.of("some text")),
        new SourcePositions(stream.asTable().named("Table"), first, List.of("18")),
        new SourcePositions(
            stream.with("bootstrap.servers", "127.0.0.1:1").named("Elsewhere"),
            first,
            List.of("18")),
        new SourcePositions(
            stream.named("In"), List.of(topic + "-0", topic + "-1"), List.of("17", "4")));
  }

  @Test
  void shouldShowRowsOffsetsAndPointerTogetherWhenCommitted() {
    TestTopic in = TestTopic.create(broker, "tx-in", 2);
    TestTopic first = TestTopic.create(broker, "tx-first", 3);
    TestTopic second = TestTopic.create(broker, "tx-second", 1);
    StreamDefinition left = stream("tx-first").named("Left");
    StreamDefinition right = stream("tx-second").named("Right");
    try (CommitAuthority authority = open("tx", left, right)) {
      assertThat(authority.fence()).isEmpty();
      authority.begin();
      authority.sink(left).write(batch(stream("tx-first"), "a", 1L, "b", 2L, "c", 3L, "d", 4L));
      authority.sink(right).write(batch(stream("tx-second"), "a", 5L));
      PendingCommit pending = authority.end();

      assertThat(first.readTexts()).hasSize(4);
      assertThat(first.readCommitted()).isEmpty();
      assertThat(second.readCommitted()).isEmpty();
      assertThat(first.committedText("tx.millrace", 0)).isEmpty();

      pending.commit(pointer("tx", 3), positionsIn("tx-in"));

      assertThat(first.readWhenDecided())
          .containsExactlyInAnyOrder(
              record("a", 1), record("b", 2), record("c", 3), record("d", 4));
      assertThat(second.readWhenDecided()).containsExactly(record("a", 5));
      assertThat(in.committed("tx.In", 0)).contains(17L);
      assertThat(in.committed("tx.In", 1)).contains(4L);
      assertThat(in.committed("tx.Table", 0)).isEmpty();
      assertThat(in.committed("tx.Elsewhere", 0)).isEmpty();
      assertThat(first.committedText("tx.millrace", 0)).contains(pointer("tx", 3).toText());
    }
    try (CommitAuthority again = open("tx", right, left)) {
      assertThat(again.fence()).contains(pointer("tx", 3));
      again.begin();
      again.end().commit(pointer("tx", 4), List.of());
    }
    try (CommitAuthority asBefore = open("tx", left, right)) {
      assertThat(asBefore.fence()).contains(pointer("tx", 4));
    }
  }

  @Test
  void shouldKeepOrderWhenIntervalIsWrittenWhileTheOneBeforeIsCommitted() {
    TestTopic topic = TestTopic.create(broker, "tx-order", 1);
    List<String> expected = new ArrayList<>();
    try (CommitAuthority authority = fenced("tx-order")) {
      CompletableFuture<Void> committed = CompletableFuture.completedFuture(null);
      for (long interval = 1; interval <= 5; interval++) {
        authority.begin();
        for (long row = 0; row < 100; row++) {
          write(authority, "tx-order", "k", 1000 * interval + row);
          expected.add(record("k", 1000 * interval + row));
        }
        PendingCommit pending = authority.end();
        committed.join();
        CommitPointer pointer = pointer("tx-order", interval);
        committed = CompletableFuture.runAsync(() -> pending.commit(pointer, List.of()));
      }
      committed.join();

      assertThat(topic.readWhenDecided()).isEqualTo(expected);
    }
  }

  @Test
  void shouldCommitPointerWhenIntervalIsEmpty() {
    TestTopic topic = TestTopic.create(broker, "tx-empty", 1);
    try (CommitAuthority authority = fenced("tx-empty")) {
      for (long snapshot = 1; snapshot <= 3; snapshot++) {
        authority.begin();
        authority.end().commit(pointer("tx-empty", snapshot), List.of());
      }
    }

    assertThat(topic.committed("tx-empty.millrace", 0)).contains(3L);
    try (CommitAuthority again = open("tx-empty", sink(stream("tx-empty")))) {
      assertThat(again.fence()).contains(pointer("tx-empty", 3));
      again.begin();
      again.end().commit(pointer("tx-empty", 4), List.of());
    }
    assertThat(topic.committedText("tx-empty.millrace", 0))
        .contains(pointer("tx-empty", 4).toText());
  }

  @Test
  void shouldShutOutEarlierProcessWhenAnotherFences() {
    TestTopic topic = TestTopic.create(broker, "tx-zombie", 1);
    try (CommitAuthority zombie = fenced("tx-zombie")) {
      zombie.begin();
      write(zombie, "tx-zombie", "lost", 1L);
      PendingCommit first = zombie.end();
      zombie.begin();
      write(zombie, "tx-zombie", "lost", 2L);
      PendingCommit second = zombie.end();
      try (CommitAuthority next = open("tx-zombie", sink(stream("tx-zombie")))) {
        assertThat(next.fence()).isEmpty();
        assertThat(topic.hasOpenTransaction()).isFalse();

        assertThatThrownBy(() -> first.commit(pointer("tx-zombie", 1), List.of()))
            .isInstanceOf(MillraceException.class)
            .hasMessage(
                "job 'tx-zombie': cannot commit snapshot 1: another process of the job has taken"
                    + " over; one process at a time may run a job");
        assertThatThrownBy(() -> second.commit(pointer("tx-zombie", 2), List.of()))
            .isInstanceOf(IllegalStateException.class);

        next.begin();
        write(next, "tx-zombie", "kept", 3L);
        next.end().commit(pointer("tx-zombie", 1), List.of());
      }
    }

    assertThat(topic.readWhenDecided()).containsExactly(record("kept", 3));
  }

  @Test
  void shouldFailToWriteWhenAnotherProcessHasTakenOver() {
    TestTopic topic = TestTopic.create(broker, "tx-writes", 1);
    try (CommitAuthority zombie = fenced("tx-writes");
        CommitAuthority next = fenced("tx-writes")) {
      zombie.begin();
      assertThatThrownBy(
              () -> {
                write(zombie, "tx-writes", "lost", 1L);
                zombie.end();
              })
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("another process of the job has taken over");
      next.begin();
      next.end().commit(pointer("tx-writes", 1), List.of());
    }

    assertThat(topic.readWhenDecided()).isEmpty();
  }

  @Test
  void shouldAbortWhenClosedBeforeCommit() {
    TestTopic topic = TestTopic.create(broker, "tx-closed", 1);
    CommitAuthority authority = fenced("tx-closed");
    authority.begin();
    write(authority, "tx-closed", "a", 1L);
    PendingCommit pending = authority.end();
    authority.begin();
    write(authority, "tx-closed", "a", 2L);
    assertThat(topic.hasOpenTransaction()).isTrue();

    authority.close();
    authority.close();

    assertThat(topic.readWhenDecided()).isEmpty();
    assertThatThrownBy(() -> pending.commit(pointer("tx-closed", 1), List.of()))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'tx-closed': cannot commit snapshot 1: the job's transactions were closed"
                + " meanwhile");
    assertThat(topic.committed("tx-closed.millrace", 0)).isEmpty();
  }

  @Test
  void shouldSayThatItTookTooLongAndGoOnFromTheCommitBeforeWhenTheBrokerAborts() {
    TestTopic topic = TestTopic.create(broker, "tx-late", 1);
    StreamDefinition hurried = sink(stream("tx-late").with("kafka.transaction.timeout.ms", "1000"));
    try (CommitAuthority authority =
        KafkaStream.openTransactions("tx-late", List.of(hurried), Duration.ofMillis(900))) {
      authority.fence();
      authority.begin();
      authority.end().commit(pointer("tx-late", 1), List.of());
      authority.begin();
      write(authority, "tx-late", "a", 1L);
      PendingCommit late = authority.end();
      authority.begin();
      write(authority, "tx-late", "a", 2L);

      assertThat(topic.readWhenDecided()).isEmpty();
      assertThatThrownBy(() -> late.commit(pointer("tx-late", 2), List.of()))
          .isInstanceOf(TakenOverException.class)
          .hasMessageMatching(
              "job 'tx-late': cannot commit snapshot 2: another process of the job has taken over,"
                  + " or Kafka aborted the transaction since it was open for \\d+ ms, which is"
                  + " longer than its timeout of 1000 ms; if so, have snapshots take less time, by"
                  + " a faster disk or a shorter 'commit.interval', or give a longer option"
                  + " 'kafka.transaction.timeout.ms'");
    }
    try (CommitAuthority again = open("tx-late", sink(stream("tx-late")))) {
      assertThat(again.fence()).contains(pointer("tx-late", 1));
      again.begin();
      write(again, "tx-late", "a", 3L);
      again.end().commit(pointer("tx-late", 2), List.of());
    }
    assertThat(topic.readWhenDecided()).containsExactly(record("a", 3));
  }

  @Test
  void shouldRefuseThirdTransactionWhenTwoAreOpen() {
    TestTopic.create(broker, "tx-three", 1);
    try (CommitAuthority authority = fenced("tx-three")) {
      authority.begin();
      PendingCommit first = authority.end();
      authority.begin();
      PendingCommit second = authority.end();

      assertThatThrownBy(authority::begin).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> second.commit(pointer("tx-three", 1), List.of()))
          .isInstanceOf(IllegalStateException.class);
      first.commit(pointer("tx-three", 7), List.of());
      assertThatThrownBy(() -> second.commit(pointer("tx-three", 7), List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldWriteTombstonesWhenSinkIsATable() {
    TestTopic topic = TestTopic.create(broker, "tx-table", 1);
    StreamDefinition table = stream("tx-table").asTable().named("Out");
    try (CommitAuthority authority = open("tx-table", table)) {
      authority.fence();
      authority.begin();
      authority
          .sink(table)
          .write(
              new BatchFixture(table.schema())
                  .change(RowKind.INSERT, 0, "a", 1L)
                  .change(RowKind.UPDATE_BEFORE, 0, "a", 1L)
                  .change(RowKind.UPDATE_AFTER, 0, "a", 2L)
                  .change(RowKind.DELETE, 0, "a", 2L)
                  .batch());
      authority.end().commit(pointer("tx-table", 1), List.of());
    }

    assertThat(topic.readWhenDecided()).containsExactly(record("a", 1), record("a", 2), "a=null@0");
  }

  @Test
  void shouldFailAndNameTopicWhenRowCannotBeWritten() {
    TestTopic topic = TestTopic.create(broker, "tx-large", 1);
    try (CommitAuthority authority = fenced("tx-large")) {
      authority.begin();
      write(authority, "tx-large", "small", 0L);
      assertThatThrownBy(
              () -> {
                write(authority, "tx-large", "x".repeat(2_000_000), 1L);
                authority.end();
              })
          .isInstanceOf(MillraceException.class)
          .hasMessageStartingWith(
              "job 'tx-large': cannot write to topic 'tx-large': a record is too large (");
    }

    assertThat(topic.readWhenDecided()).isEmpty();
  }

  @Test
  void shouldRefuseWhenBrokerAllowsNoTransactionThatLong() {
    TestTopic.create(broker, "tx-long", 1);

    assertThatThrownBy(
            () ->
                KafkaStream.openTransactions(
                    "tx-long", List.of(sink(stream("tx-long"))), Duration.ofMinutes(15)))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith(
            "job 'tx-long': a transaction needs a 'transaction.timeout.ms' of 930000, since an"
                + " interval with its snapshot may take 900000 ms, but Kafka at '"
                + broker.bootstrapServers()
                + "' has a 'transaction.max.timeout.ms' of 900000");
  }

  @Test
  void shouldRefuseWhenGroupHoldsNoPointer() {
    TestTopic.create(broker, "tx-foreign", 1).commit("tx-foreign.millrace", 5, "checked");
    try (CommitAuthority authority = open("tx-foreign", sink(stream("tx-foreign")))) {
      assertThatThrownBy(authority::fence)
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("the consumer group 'tx-foreign.millrace'")
          .hasMessageContaining("but holds 'checked'");
    }
  }

  @Test
  void shouldRefuseWhenTopicDoesNotExist() {
    assertThatThrownBy(() -> open("tx-missing", sink(stream("tx-missing"))))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("stream 'Out': topic 'tx-missing' does not exist on Kafka at ");
  }

  @Test
  void shouldReadOnBehindPositionWhenTransactionsWereWritten() {
    TestTopic.create(broker, "tx-chain", 1);
    try (CommitAuthority authority = fenced("tx-chain")) {
      for (long n = 1; n <= 2; n++) {
        authority.begin();
        write(authority, "tx-chain", "a", n);
        authority.end().commit(pointer("tx-chain", n), List.of());
      }
      authority.begin();
      write(authority, "tx-chain", "a", 3L);
      PendingCommit last = authority.end();
      String position;
      try (Source source = stream("tx-chain").openSource()) {
        RecordingRowWriter writer = stream("tx-chain").writer();
        pollUntil(source, 0, writer, 2);
        assertThat(writer.values()).containsExactly(List.of("a", 1L), List.of("a", 2L));
        position = source.position(0);
      }

      try (Source source = stream("tx-chain").openSource()) {
        source.seek(0, position);
        last.commit(pointer("tx-chain", 3), List.of());
        RecordingRowWriter writer = stream("tx-chain").writer();
        pollUntil(source, 0, writer, 1);
        assertThat(writer.values()).containsExactly(List.of("a", 3L));
      }
    }
  }
}
