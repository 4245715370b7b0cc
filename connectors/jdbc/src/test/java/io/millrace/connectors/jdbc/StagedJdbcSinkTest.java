package io.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.StagedOutput;
import io.millrace.spi.connector.StagedSink;
import io.millrace.spi.data.Batch;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedJdbcSinkTest {
  private static final String CONDITION = " WHERE job = 'test' AND sink = 'Test'";
  private static final String DELETION = "DELETE FROM \"PUBLIC\".\"MILLRACE_COMMITS\"" + CONDITION;
  private static final String SETTING = "UPDATE \"PUBLIC\".\"MILLRACE_COMMITS\"";

  private final H2Database database =
      new H2Database("staged").run("CREATE TABLE t (k VARCHAR PRIMARY KEY, n INT)");

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldSayWhichSnapshotWasApplied() {
    try (StagedSink sink = open(table(), null)) {
      sink.write(batch("a", 1));
      sink.apply(stage(sink, 4));
      assertThat(commits()).isEqualTo("test, Test, 4");
      sink.apply(stage(sink, 5));
      sink.write(batch("a", 2));
      sink.apply(stage(sink, 6));
    }
    assertThat(commits()).isEqualTo("test, Test, 6");
  }

  @Test
  void shouldDeleteAndUpsertOnce() {
    StagedOutput staged;
    try (StagedSink crashed = open(table(), null)) {
      crashed.write(batch("a", 1));
      crashed.write(batch("b", 1));
      crashed.apply(stage(crashed, 1));
      crashed.write(
          new BatchFixture(table().schema()).change(RowKind.DELETE, 0, "a", null).batch());
      crashed.write(batch("b", 2));
      staged = stage(crashed, 2);
    }
    assertThat(rows()).isEqualTo("[a, 1, b, 1]");
    try (StagedSink sink = open(table(), staged)) {
      assertThat(rows()).isEqualTo("[b, 2]");
      sink.write(batch("a", 3));
      sink.apply(staged);
      assertThat(rows()).isEqualTo("[b, 2]");
      sink.apply(stage(sink, 3));
    }
    assertThat(rows()).isEqualTo("[a, 3, b, 2]");
  }

  @Test
  void shouldApplyNothingOfSnapshotThatFails() {
    StreamFixture appending =
        StreamFixture.of(new Field("k", DataType.STRING), new Field("n", DataType.INT))
            .withConnector(new JdbcConnector())
            .with("url", database.url())
            .with("table", "t");
    StagedOutput staged;
    try (StagedSink sink = open(appending, null)) {
      sink.write(batch("a", 1));
      sink.write(batch("b", 1));
      sink.write(batch("a", 2));
      staged = stage(sink, 1);
      assertThatThrownBy(() -> sink.apply(staged)).isInstanceOf(MillraceException.class);
    }
    assertThat(rows()).isEqualTo("[]");
    database.run("ALTER TABLE t DROP PRIMARY KEY");
    open(appending, staged).close();
    assertThat(rows()).isEqualTo("[a, 1, a, 2, b, 1]");
  }

  @Test
  void shouldRefuseToBeginAnewWhereRowsWereWritten() {
    try (StagedSink sink = open(table(), null)) {
      sink.write(batch("a", 1));
      sink.apply(stage(sink, 7));
    }
    assertThatThrownBy(() -> open(table(), null))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'test' has written 'Test' up to snapshot 7 into jdbc:h2:mem:staged, but begins"
                + " anew: rows would be written again; put its snapshots back, give the job"
                + " another name, or accept that and run there: "
                + DELETION);
    database.run(DELETION);
    open(table(), null).close();
  }

  @Test
  void shouldRefuseToGoBackBehindWhatWasWritten() {
    StagedOutput first;
    try (StagedSink sink = open(table(), null)) {
      sink.write(batch("a", 1));
      first = stage(sink, 1);
      sink.apply(first);
      sink.write(batch("a", 2));
      sink.apply(stage(sink, 2));
    }
    assertThatThrownBy(() -> open(table(), first))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'test' has written 'Test' up to snapshot 2 into jdbc:h2:mem:staged, but goes on"
                + " from snapshot 1: rows would be written again; put the later snapshot back, or"
                + " accept that and run there: "
                + SETTING
                + " SET snapshot_id = 1"
                + CONDITION);
    database.run(SETTING + " SET snapshot_id = 1" + CONDITION);
    open(table(), first).close();
    assertThat(rows()).isEqualTo("[a, 2]");
  }

  /**
   * Three snapshots are written; the database is restored as it was behind the first, or before.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSayThatRowsAreLostWhenTheDatabaseHasGoneBack(boolean isEmpty) {
    StagedOutput last;
    try (StagedSink sink = open(table(), null)) {
      for (int id = 1; id <= 3; id++) {
        sink.write(batch("k" + id, id));
        sink.apply(stage(sink, id));
      }
      sink.write(batch("k4", 4));
      last = stage(sink, 4);
      goBack(isEmpty);
      String back =
          isEmpty
              ? "jdbc:h2:mem:staged says of no snapshot that job 'test' has written to 'Test'"
              : "jdbc:h2:mem:staged says that snapshot 1 is the last that job 'test' has written to"
                  + " 'Test'";
      String setting =
          isEmpty
              ? "INSERT INTO \"PUBLIC\".\"MILLRACE_COMMITS\" (snapshot_id, job, sink) VALUES (3,"
                  + " 'test', 'Test')"
              : SETTING + " SET snapshot_id = 3" + CONDITION;
      String message =
          back
              + ", but it had written snapshot 3: the database has gone back, and rows are lost; put"
              + " its later state back, or accept that and run there: "
              + setting;
      assertThatThrownBy(() -> sink.apply(last)).hasMessage(message);
      assertThatThrownBy(() -> open(table(), last)).hasMessage(message);
      database.run(setting);
    }
    open(table(), last).close();
    assertThat(rows()).isEqualTo(isEmpty ? "[k4, 4]" : "[k1, 1, k4, 4]");
    assertThat(commits()).isEqualTo("test, Test, 4");
  }

  private void goBack(boolean isEmpty) {
    database.run("DELETE FROM t WHERE n > " + (isEmpty ? 0 : 1));
    database.run(isEmpty ? DELETION : SETTING + " SET snapshot_id = 1" + CONDITION);
  }

  /** Snapshots without rows say nothing to the database. */
  @Test
  void shouldGoOnBehindSnapshotsWithoutRows() {
    StagedOutput last;
    try (StagedSink sink = open(table(), null)) {
      sink.write(batch("a", 1));
      sink.apply(stage(sink, 1));
      sink.apply(stage(sink, 2));
      sink.apply(stage(sink, 3));
      last = stage(sink, 4);
      sink.apply(last);
    }
    try (StagedSink sink = open(table(), last)) {
      sink.write(batch("a", 2));
      sink.apply(stage(sink, 5));
    }
    assertThat(commits()).isEqualTo("test, Test, 5");
  }

  /** As versions before wrote it, which did not know what had been written. */
  @Test
  void shouldTakeWhatWasStagedInTheFirstForm() {
    StagedOutput staged;
    try (StagedSink sink = open(table(), null)) {
      sink.write(batch("a", 1));
      staged = stage(sink, 1);
    }
    byte[] first = new byte[staged.bytes().length - Long.BYTES];
    first[0] = 1;
    System.arraycopy(staged.bytes(), 1 + Long.BYTES, first, 1, first.length - 1);

    open(table(), new StagedOutput(1, first)).close();
    assertThat(rows()).isEqualTo("[a, 1]");
  }

  @Test
  void shouldRefuseMoreRowsThanMayWait() {
    StreamFixture stream = table().with("staging.bytes", "40");
    try (StagedSink sink = open(stream, null)) {
      sink.write(batch("a", 1));
      sink.stage(1);
      sink.write(batch("b", 1));
      assertThatThrownBy(() -> sink.write(batch("c", 1)))
          .isInstanceOf(MillraceException.class)
          .hasMessage(
              "the rows that 'Test' keeps until the next snapshot take more than 'staging.bytes' ="
                  + " 40 bytes: take snapshots more often, or raise it");
    }
  }

  @Test
  void shouldGoOnWhenConnectionHasBroken() {
    try (StagedSink sink = open(table(), null)) {
      sink.write(batch("a", 1));
      StagedOutput staged = stage(sink, 1);
      database.run(
          "SELECT ABORT_SESSION(session_id) FROM information_schema.sessions"
              + " WHERE session_id <> SESSION_ID()");
      sink.apply(staged);
    }
    assertThat(rows()).isEqualTo("[a, 1]");
  }

  @Test
  void shouldSayThatStagedRowsAreDamaged() {
    assertThatThrownBy(() -> open(table(), new StagedOutput(3, new byte[] {1, 0, 0})))
        .isInstanceOf(MillraceException.class)
        .hasMessage("the rows of 'Test' that snapshot 3 holds are damaged");
    assertThatThrownBy(() -> open(table(), new StagedOutput(3, new byte[] {9})))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("in the form 9, which this version does not know");
  }

  private String commits() {
    return String.join("; ", database.rows("SELECT * FROM millrace_commits"));
  }

  private String rows() {
    return database.rows("SELECT * FROM t ORDER BY k, n").toString();
  }

  private StreamFixture table() {
    return StreamFixture.of(new Field("k", DataType.STRING), new Field("n", DataType.INT))
        .withConnector(new JdbcConnector())
        .keyedBy(0)
        .asTable()
        .with("url", database.url())
        .with("table", "t");
  }

  private static StagedSink open(StreamFixture stream, @Nullable StagedOutput resumed) {
    var definition = stream.definition();
    return new JdbcConnector()
        .openStaged(definition, TestSinkContext.of(definition, null, new VirtualClock()), resumed);
  }

  private static StagedOutput stage(StagedSink sink, long id) {
    return new StagedOutput(id, sink.stage(id));
  }

  private Batch batch(String key, long number) {
    return new BatchFixture(table().schema()).row(key, number).batch();
  }
}
