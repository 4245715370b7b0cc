package io.millrace.connectors.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.Sink;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.data.RowKind;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.BatchFixture;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSinkContext;
import io.millrace.testkit.time.VirtualClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcSinkTest {
  private static final StreamFixture ALL_TYPES =
      StreamFixture.of(
          new Field("id", DataType.INT),
          new Field("flag", DataType.BOOLEAN),
          new Field("big", DataType.BIGINT),
          new Field("real", DataType.DOUBLE),
          new Field("price", DataType.decimal(10, 2)),
          new Field("text", DataType.STRING),
          new Field("raw", DataType.BYTES),
          new Field("at", DataType.TIMESTAMP),
          new Field("day", DataType.DATE),
          new Field("hour", DataType.TIME),
          new Field("span", DataType.INTERVAL));

  private final H2Database database = new H2Database("sink");

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldMakeTableAndWriteEveryType() {
    StreamFixture stream = with(ALL_TYPES.keyedBy(0).asTable()).with("create.table", "true");
    @Nullable Object[] row = {
      1L,
      true,
      Long.MIN_VALUE,
      0.1,
      new BigDecimal("-12345678.90"),
      "it's 'ä\u20ac\uD83D\uDE00",
      Bytes.wrap(new byte[] {0, -1}),
      Instant.parse("2024-02-29T23:59:59.999Z").toEpochMilli(),
      LocalDate.parse("1969-12-31").toEpochDay(),
      LocalTime.parse("23:59:59.001").toNanoOfDay() / 1_000_000,
      90_000L
    };
    write(stream, new BatchFixture(stream.schema()).row(row));
    write(
        stream,
        new BatchFixture(stream.schema())
            .row(2L, null, null, null, null, null, null, null, null, null, null));
    assertThat(database.rows("SELECT * FROM t ORDER BY id"))
        .containsExactly(
            "1, TRUE, -9223372036854775808, 0.1, -12345678.90, it's 'ä\u20ac\uD83D\uDE00, "
                + new String(new byte[] {0}, UTF_8)
                + "\uFFFD, 2024-02-29 23:59:59.999+00, 1969-12-31, 23:59:59.001, 90000",
            "2" + ", null".repeat(10));
    assertThat(
            database.rows(
                "SELECT column_name FROM information_schema.key_column_usage"
                    + " WHERE table_name = 'T'"))
        .containsExactly("ID");
  }

  @Test
  void shouldWriteTimestampsInUtcWhereColumnHasNoZone() {
    database.run(
        "CREATE TABLE t (at TIMESTAMP(3), \"DAY\" DATE)", "SET TIME ZONE 'America/New_York'");
    StreamFixture stream =
        with(
            StreamFixture.of(new Field("at", DataType.TIMESTAMP), new Field("day", DataType.DATE)));
    write(stream, new BatchFixture(stream.schema()).row(1L, 0L));
    assertThat(database.rows("SELECT * FROM t"))
        .containsExactly("1970-01-01 00:00:00.001, 1970-01-01");
  }

  @Test
  void shouldFindColumnsByNameAndQuoteThem() {
    database.run(
        "CREATE TABLE \"order\"\"s\" (extra INT DEFAULT 7, \"select\" INT, \"Value\" INT)");
    StreamFixture stream =
        with(StreamFixture.of(new Field("value", DataType.INT), new Field("SELECT", DataType.INT)))
            .with("table", "order\"s");
    write(stream, new BatchFixture(stream.schema()).row(1L, 2L));
    assertThat(database.rows("SELECT * FROM \"order\"\"s\"")).containsExactly("7, 2, 1");
  }

  @Test
  void shouldFindTableInSchema() {
    database.run("CREATE SCHEMA s", "CREATE TABLE s.t (a INT)", "CREATE TABLE t (b INT)");
    StreamFixture stream = with(StreamFixture.of(new Field("a", DataType.INT)));
    write(stream.with("table", "s.t"), new BatchFixture(stream.schema()).row(1L));
    assertThat(database.rows("SELECT * FROM s.t")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000})
  void shouldUpsertAndDeleteByKey(int batchSize) {
    StreamFixture stream = table().with("batch.size", Integer.toString(batchSize));
    BatchFixture rows = new BatchFixture(stream.schema());
    rows.row("a", 1L, "old").row("b", 1L, "b").row("a", 2L, "other key");
    rows.change(RowKind.UPDATE_BEFORE, 0, "a", 1L, "old");
    rows.change(RowKind.UPDATE_AFTER, 0, "a", 1L, "new");
    rows.change(RowKind.DELETE, 0, "b", 1L, null);
    rows.row("c", 1L, "gone").change(RowKind.DELETE, 0, "c", 1L, "gone").row("c", 1L, null);
    write(stream, rows);
    assertThat(database.rows("SELECT * FROM t ORDER BY k, n"))
        .containsExactly("a, 1, new", "a, 2, other key", "c, 1, null");
    write(
        stream,
        new BatchFixture(stream.schema())
            .change(RowKind.DELETE, 0, "a", 2L, null)
            .change(RowKind.DELETE, 0, "missing", 2L, null)
            .row("c", 1L, "back"));
    assertThat(database.rows("SELECT * FROM t ORDER BY k, n"))
        .containsExactly("a, 1, new", "c, 1, back");
  }

  @Test
  void shouldAppendEveryRowOfKeyedStream() {
    database.run("CREATE TABLE t (k VARCHAR, n INT)");
    StreamFixture stream =
        with(StreamFixture.of(new Field("k", DataType.STRING), new Field("n", DataType.INT)))
            .keyedBy(0);
    write(stream, new BatchFixture(stream.schema()).row("a", 1L).row("a", 2L));
    assertThat(database.rows("SELECT * FROM t ORDER BY n")).containsExactly("a, 1", "a, 2");
  }

  @Test
  void shouldWriteKindsWhereTheyAreShown() {
    StreamFixture stream =
        with(StreamFixture.of(new Field("a", DataType.INT))).with("create.table", "true");
    BatchFixture rows = new BatchFixture(stream.schema()).row(1L);
    rows.change(RowKind.UPDATE_BEFORE, 0, 1L).change(RowKind.UPDATE_AFTER, 0, 2L);
    var definition = stream.definition();
    var context = TestSinkContext.of(definition, null, new VirtualClock()).showingRowKind();
    try (Sink sink = new JdbcConnector().open(definition, context)) {
      sink.write(rows.batch());
    }
    assertThat(database.rows("SELECT * FROM t")).containsExactly("1, +I", "1, -U", "2, +U");
    assertThatThrownBy(() -> write(stream, rows))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "'Test' takes rows back, which 'mode' = 'append' cannot write; use 'upsert', or WITH"
                + " RETRACTIONS and a column ROW_KIND");
  }

  @Test
  void shouldWriteNothingOfBatchThatFails() {
    database.run("CREATE TABLE t (a INT PRIMARY KEY)");
    StreamFixture stream = with(StreamFixture.of(new Field("a", DataType.INT)));
    Sink sink = open(stream);
    sink.write(new BatchFixture(stream.schema()).row(1L).row(2L).row(1L).batch());
    assertThatThrownBy(sink::flush)
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("cannot write 'Test' in jdbc:h2:mem:sink: Unique index or primary")
        .hasMessageEndingWith("; 'mode' = 'upsert' replaces the row of a key that is there");
    sink.close();
    assertThat(database.rows("SELECT * FROM t")).isEmpty();
  }

  @Test
  void shouldSayWhatIsMissing() {
    database.run("CREATE TABLE alerts (a VARCHAR, price INT)");
    StreamFixture stream =
        with(StreamFixture.of(new Field("a", DataType.STRING), new Field("prices", DataType.INT)));
    assertRefused(
        stream.with("table", "alert"),
        "there is no table 'alert' in jdbc:h2:mem:sink; did you mean 'ALERTS'?");
    assertRefused(
        stream.with("table", "no.such"),
        "there is no table 'no.such' in jdbc:h2:mem:sink; make it, or let 'create.table' = 'true'"
            + " do so");
    assertRefused(
        stream.with("table", "alerts"),
        "table 'ALERTS' has no column 'prices'; did you mean 'PRICE'?");
    StreamFixture other =
        with(StreamFixture.of(new Field("a", DataType.STRING), new Field("price", DataType.DATE)));
    assertRefused(
        other.with("table", "alerts"),
        "column 'PRICE' of table 'ALERTS' is INTEGER, which does not go with DATE; expected DATE"
            + " or the like");
    StreamFixture list = with(StreamFixture.of(new Field("price", DataType.array(DataType.INT))));
    assertRefused(
        list.with("table", "alerts"),
        "column 'price' is ARRAY<INT>, which has no form in a database; select its elements, or its"
            + " JSON as a STRING");
  }

  @Test
  void shouldSayThatDatabaseCannotBeReached() {
    StreamFixture stream =
        with(StreamFixture.of(new Field("a", DataType.INT))).with("connect.timeout", "0 s");
    assertRefused(
        stream.with("url", "jdbc:nosuch://user:secret@host/db?password=secret"),
        "cannot write 'Test' in jdbc:nosuch://host/db: no driver for it is on the class path; put"
            + " the driver's jar there (MILLRACE_CLASSPATH=driver.jar with the millrace command)");
    assertThatThrownBy(() -> open(stream.with("url", "jdbc:h2:tcp://localhost:1/x")))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("cannot write 'Test' in jdbc:h2:tcp://localhost:1/x: Connection");
    assertThatThrownBy(() -> open(stream.with("user", "nobody").with("password", "wrong")))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("cannot write 'Test' in jdbc:h2:mem:sink: Wrong user name");
  }

  @ParameterizedTest
  @CsvSource({
    "mode, upsert, '''mode'' = ''upsert'' needs a key, and ''Test'' has none'",
    "batch.size, 0, 'option ''batch.size'' must be from 1 to 100000'",
    "query, SELECT 1, 'option ''query'' is for sources only'"
  })
  void shouldRefuseOptionsThatMakeNoSense(String option, String value, String message) {
    assertRefused(
        with(StreamFixture.of(new Field("a", DataType.INT))).with(option, value), message);
  }

  @Test
  void shouldRefuseToAppendTable() {
    assertRefused(
        table().with("mode", "append"),
        "'Test' is a table, whose rows change: it is written with 'mode' = 'upsert'");
  }

  private void assertRefused(StreamFixture stream, String message) {
    assertThatThrownBy(() -> open(stream))
        .isInstanceOf(MillraceException.class)
        .hasMessage(message);
  }

  private StreamFixture table() {
    return with(StreamFixture.of(
            new Field("k", DataType.STRING),
            new Field("n", DataType.INT),
            new Field("v", DataType.STRING)))
        .keyedBy(0, 1)
        .asTable()
        .with("create.table", "true");
  }

  private StreamFixture with(StreamFixture stream) {
    return stream.withConnector(new JdbcConnector()).with("url", database.url()).with("table", "t");
  }

  private static Sink open(StreamFixture stream) {
    var definition = stream.definition();
    return new JdbcConnector()
        .open(definition, TestSinkContext.of(definition, null, new VirtualClock()));
  }

  private static void write(StreamFixture stream, BatchFixture rows) {
    try (Sink sink = open(stream)) {
      sink.write(rows.batch());
    }
  }
}
