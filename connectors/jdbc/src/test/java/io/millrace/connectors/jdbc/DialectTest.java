package io.millrace.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PostgreSQL | INSERT INTO t (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v ="
            + " EXCLUDED.v",
        "SQLite | INSERT INTO t (k, v) VALUES (?, ?) ON CONFLICT (k) DO UPDATE SET v = EXCLUDED.v",
        "MySQL | INSERT INTO t (k, v) VALUES (?, ?) ON DUPLICATE KEY UPDATE v = VALUES(v)",
        "MariaDB | INSERT INTO t (k, v) VALUES (?, ?) ON DUPLICATE KEY UPDATE v = VALUES(v)",
        "H2 | MERGE INTO t (k, v) KEY (k) VALUES (?, ?)",
        "Oracle | UPDATE t SET v = ? WHERE k = ?"
      })
  void shouldUpsert(String product, String sql) {
    assertThat(Dialect.of(product).upsert("t", List.of("k", "v"), List.of("k"))).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PostgreSQL | INSERT INTO t (a, b) VALUES (?, ?) ON CONFLICT (a, b) DO NOTHING",
        "MySQL | INSERT INTO t (a, b) VALUES (?, ?) ON DUPLICATE KEY UPDATE a = VALUES(a), b ="
            + " VALUES(b)",
        "H2 | MERGE INTO t (a, b) KEY (a, b) VALUES (?, ?)",
        "Oracle | UPDATE t SET a = ?, b = ? WHERE a = ? AND b = ?"
      })
  void shouldUpsertRowsThatAreAllKey(String product, String sql) {
    assertThat(Dialect.of(product).upsert("t", List.of("a", "b"), List.of("a", "b")))
        .isEqualTo(sql);
  }

  @Test
  void shouldKnowWhichTimestampsAreInstants() {
    assertThat(Dialect.POSTGRESQL.holdsInstants(Types.TIMESTAMP, "timestamptz")).isTrue();
    assertThat(Dialect.POSTGRESQL.holdsInstants(Types.TIMESTAMP, "timestamp")).isFalse();
    assertThat(Dialect.MYSQL.holdsInstants(Types.TIMESTAMP, "TIMESTAMP")).isTrue();
    assertThat(Dialect.MYSQL.holdsInstants(Types.TIMESTAMP, "DATETIME")).isFalse();
    assertThat(Dialect.H2.holdsInstants(Types.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMP WITH TIME ZONE"))
        .isTrue();
    assertThat(Dialect.STANDARD.holdsInstants(Types.TIMESTAMP, "TIMESTAMP(3) WITH TIME ZONE"))
        .isTrue();
  }
}
