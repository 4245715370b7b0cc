package io.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.PollStatus;
import io.millrace.spi.connector.Source;
import io.millrace.spi.data.Bytes;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.RecordingRowWriter;
import io.millrace.testkit.connector.RejectedRecord;
import io.millrace.testkit.connector.StreamFixture;
import io.millrace.testkit.connector.TestSourceContext;
import io.millrace.testkit.time.VirtualClock;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcSourceTest {
  private final H2Database database = new H2Database("source");

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void shouldReadEveryType() {
    database.run(
        "CREATE TABLE t (id INT, flag BOOLEAN, big BIGINT, r DOUBLE PRECISION, price NUMERIC(10,"
            + " 1), text VARCHAR, raw VARBINARY, at TIMESTAMP(9) WITH TIME ZONE, wall TIMESTAMP(3),"
            + " d DATE, h TIME(3), span BIGINT)",
        "INSERT INTO t VALUES (1, TRUE, 9223372036854775807, 0.1, 12.5, 'ä', X'00ff',"
            + " '2024-03-01 02:00:00.123999+02', '1969-12-31 23:59:59.999', '1970-01-02',"
            + " '00:00:00.007', 5)",
        "INSERT INTO t (id) VALUES (2)");
    StreamFixture stream =
        with(
            StreamFixture.of(
                new Field("id", DataType.INT),
                new Field("flag", DataType.BOOLEAN),
                new Field("big", DataType.BIGINT),
                new Field("r", DataType.DOUBLE),
                new Field("price", DataType.decimal(10, 2)),
                new Field("text", DataType.STRING),
                new Field("raw", DataType.BYTES),
                new Field("at", DataType.TIMESTAMP),
                new Field("wall", DataType.TIMESTAMP),
                new Field("d", DataType.DATE),
                new Field("h", DataType.TIME),
                new Field("span", DataType.INTERVAL)));
    @Nullable Object[] nulls = new @Nullable Object[12];
    nulls[0] = 2L;
    assertThat(read(stream.with("order.by", "id")))
        .containsExactly(
            Arrays.<@Nullable Object>asList(
                1L,
                true,
                Long.MAX_VALUE,
                0.1,
                new BigDecimal("12.50"),
                "ä",
                Bytes.wrap(new byte[] {0, -1}),
                Instant.parse("2024-03-01T00:00:00.123Z").toEpochMilli(),
                -1L,
                1L,
                7L,
                5L),
            Arrays.asList(nulls));
  }

  @Test
  void shouldReadQuery() {
    database.run("CREATE TABLE t (a INT, b INT)", "INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)");
    StreamFixture stream =
        StreamFixture.of(new Field("total", DataType.BIGINT))
            .withConnector(new JdbcConnector())
            .with("url", database.url())
            .with("query", "SELECT sum(b) AS total FROM t WHERE a > 1");
    assertThat(read(stream)).containsExactly(List.of(50L));
  }

  @Test
  void shouldRejectValuesThatDoNotFit() {
    database.run(
        "CREATE TABLE t (id INT PRIMARY KEY, n BIGINT, d NUMERIC(10, 3))",
        "INSERT INTO t VALUES (1, 1, 1.5), (2, 3000000000, 1), (3, 1, 0.001), (4, 1, 100), (5, 2,"
            + " 2)");
    StreamFixture stream =
        with(StreamFixture.of(
                new Field("n", DataType.INT),
                new Field("d", DataType.decimal(3, 1)),
                new Field("id", DataType.INT)))
            .with("order.by", "id");
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    try (Source source = open(stream)) {
      assertThat(source.poll(0, writer, 100)).isEqualTo(PollStatus.ENDED);
      assertThat(source.position(0)).isEqualTo("rows=5&behind=5");
    }
    assertThat(writer.values())
        .containsExactly(
            List.of(1L, new BigDecimal("1.5"), 1L), List.of(2L, new BigDecimal("2.0"), 5L));
    assertThat(writer.rejected())
        .containsExactly(
            new RejectedRecord(
                "Test:2", "3000000000", "column 'N' has 3000000000, which is no INT"),
            new RejectedRecord("Test:3", "0.001", "column 'D' has 0.001, which is no DECIMAL(3,1)"),
            new RejectedRecord(
                "Test:4", "100.000", "column 'D' has 100.000, which is no DECIMAL(3,1)"));
  }

  @ParameterizedTest
  @CsvSource({
    "BIGINT, '-1, 2, 3'",
    "'NUMERIC(5,2)', '-1.00, 2.00, 3.00'",
    "VARCHAR, 'a&b, b%, c ä'",
    "DATE, '1969-12-31, 2024-03-01, 2024-03-02'"
  })
  void shouldGoOnBehindValueOfAnyType(String type, String values) {
    database.run("CREATE TABLE t (a " + type + ")");
    for (String value : values.split(", ")) {
      database.run("INSERT INTO t VALUES ('" + value + "')");
    }
    DataType declared =
        switch (type) {
          case "BIGINT" -> DataType.BIGINT;
          case "VARCHAR" -> DataType.STRING;
          case "DATE" -> DataType.DATE;
          default -> DataType.decimal(5, 2);
        };
    StreamFixture stream = with(StreamFixture.of(new Field("a", declared))).with("order.by", "a");
    List<List<@Nullable Object>> all = read(stream);
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    String position = "rows=0";
    for (int i = 0; i < all.size(); i++) {
      try (Source source = open(stream)) {
        source.seek(0, position);
        source.poll(0, writer, 1);
        position = source.position(0);
      }
    }
    assertThat(writer.values()).isEqualTo(all).hasSize(3);
  }

  @Test
  void shouldReadOnlyWhatIsNewBehindPosition() {
    database.run("CREATE TABLE t (a INT)", "INSERT INTO t VALUES (2), (1)");
    StreamFixture stream =
        with(StreamFixture.of(new Field("a", DataType.INT))).with("order.by", "a");
    database.run("INSERT INTO t VALUES (0), (3)");
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    try (Source source = open(stream)) {
      source.seek(0, "rows=2&behind=2");
      source.poll(0, writer, 10);
    }
    assertThat(writer.values()).containsExactly(List.of(3L));
  }

  @Test
  void shouldRefuseOrderThatIsNone() {
    database.run("CREATE TABLE t (a INT, b TIMESTAMP)", "INSERT INTO t (a) VALUES (1), (1)");
    StreamFixture stream =
        with(StreamFixture.of(new Field("a", DataType.INT), new Field("b", DataType.TIMESTAMP)));
    assertThatThrownBy(() -> read(stream.with("order.by", "a")))
        .isInstanceOf(MillraceException.class)
        .hasMessage("option 'order.by' needs a column of unique values, but 'A' has '1' twice");
    assertThatThrownBy(() -> open(stream.with("order.by", "b")))
        .hasMessage(
            "option 'order.by' needs a column of INT, BIGINT, DECIMAL, DATE or STRING, but 'b' is"
                + " TIMESTAMP");
    assertThatThrownBy(() -> open(stream.with("order.by", "c")))
        .hasMessageStartingWith("option 'order.by' names the unknown column 'c'; ");
  }

  @Test
  void shouldRefusePositionThatDoesNotFit() {
    database.run("CREATE TABLE t (a INT)", "INSERT INTO t VALUES (1)");
    StreamFixture stream = with(StreamFixture.of(new Field("a", DataType.INT)));
    try (Source source = open(stream)) {
      assertThatThrownBy(() -> source.seek(0, "17"))
          .hasMessage("'17' is no position of a jdbc source");
      assertThatThrownBy(() -> source.seek(0, "rows=1&behind=1"))
          .hasMessageStartingWith("option 'order.by' of 'Test' has changed");
      source.seek(0, "rows=2");
      RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
      assertThatThrownBy(() -> source.poll(0, writer, 1))
          .hasMessageStartingWith(
              "'Test' has 1 rows in jdbc:h2:mem:source, but 2 were read before");
    }
  }

  @Test
  void shouldSayWhatIsMissing() {
    database.run("CREATE TABLE t (a INT)");
    StreamFixture stream = with(StreamFixture.of(new Field("b", DataType.STRING)));
    assertThatThrownBy(() -> open(stream))
        .hasMessage("table 'T' has no column 'b'; its columns are A");
    assertThatThrownBy(() -> open(stream.with("query", "SELECT 1")))
        .hasMessage("a source needs one of the options 'table' and 'query'");
    assertThatThrownBy(() -> open(stream.with("mode", "append")))
        .hasMessage("option 'mode' is for sinks only");
    assertThatThrownBy(() -> open(with(StreamFixture.of(new Field("a", DataType.BOOLEAN)))))
        .hasMessage(
            "column 'A' of table 'T' is INTEGER, which does not go with BOOLEAN; expected BOOLEAN"
                + " or the like");
  }

  private StreamFixture with(StreamFixture stream) {
    return stream.withConnector(new JdbcConnector()).with("url", database.url()).with("table", "t");
  }

  private static Source open(StreamFixture stream) {
    var definition = stream.definition();
    return new JdbcConnector()
        .open(definition, new TestSourceContext("test", new VirtualClock(), definition, null));
  }

  private static List<List<@Nullable Object>> read(StreamFixture stream) {
    RecordingRowWriter writer = RecordingRowWriter.of(stream.schema());
    try (Source source = open(stream)) {
      source.poll(0, writer, Integer.MAX_VALUE);
    }
    return writer.values();
  }
}
