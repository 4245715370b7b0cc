package io.millrace.conformance.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.conformance.functions.UserAggregateExamples;
import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Input;
import io.millrace.engine.Job;
import io.millrace.engine.Row;
import io.millrace.engine.Snapshot;
import io.millrace.spi.time.VirtualClock;
import io.millrace.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a query over a table sends is what changes in its result, however it is run. */
class TablePropertyTest {
  private static final int QUERIES = 25;
  private static final int MOST_CHANGES = 40;

  private int step;

  @ParameterizedTest
  @EnumSource(TableQuery.Kind.class)
  void shouldSendWhatChangesInTheResultWhenQueriesAreRandom(TableQuery.Kind kind) {
    for (int number = 0; number < QUERIES; number++) {
      TableQuery query = TableQuery.random(kind, new Random(31L * kind.ordinal() + number));
      step = 0;
      Property.check(
          1, MOST_CHANGES, r -> TableChange.random(r, step++), changes -> check(query, changes));
    }
  }

  @Test
  void shouldSendWhatChangesInTheGroupsWhenQueriesAreRandom() {
    for (int number = 0; number < QUERIES; number++) {
      TableGroups query = TableGroups.random(new Random(number));
      step = 0;
      Property.check(
          1, MOST_CHANGES, r -> TableChange.random(r, step++), changes -> check(query, changes));
    }
  }

  private static void check(TableResult query, List<TableChange> changes) {
    String script =
        "CREATE TABLE T (id BIGINT PRIMARY KEY, k STRING, a INT, b BIGINT);\n" + query.sql();
    List<TableResult.Change> expected = query.changes(changes);
    for (int batchSize : new int[] {1, 7, 1024}) {
      for (boolean restarts : new boolean[] {false, true}) {
        List<TableResult.Change> came = new ArrayList<>();
        int half = restarts ? changes.size() / 2 : 0;
        Snapshot snapshot = null;
        if (restarts) {
          snapshot = play(script, query.output(), batchSize, changes.subList(0, half), null, came);
        }
        play(
            script,
            query.output(),
            batchSize,
            changes.subList(half, changes.size()),
            snapshot,
            came);
        assertThat(came)
            .as("%s\nbatch size %s%s", script, batchSize, restarts ? ", restarted" : "")
            .isEqualTo(expected);
      }
    }
  }

  /** Plays changes of the table T, and gives what came from an output. */
  static Snapshot play(
      String script,
      String output,
      int batchSize,
      List<TableChange> changes,
      @Nullable Snapshot from,
      List<TableResult.Change> came) {
    Deployment deployment = Deployment.of(script);
    try (Engine engine =
        Engine.builder()
            .functions(UserAggregateExamples.classes())
            .clock(new VirtualClock(0))
            .batchSize(batchSize)
            .build()) {
      Job job = engine.deploy(from == null ? deployment : deployment.restoring(from));
      job.output(output).subscribe(row -> came.add(change(row)));
      Input<Map<String, ? extends @Nullable Object>> input = job.input("T");
      List<Map<String, @Nullable Object>> upserts = new ArrayList<>();
      for (TableChange change : changes) {
        if (change.isDeletion()) {
          input.sendAll(upserts);
          upserts.clear();
          input.delete(change.toMap(), 0);
        } else {
          upserts.add(change.toMap());
        }
      }
      input.sendAll(upserts);
      return job.snapshot();
    }
  }

  static TableResult.Change change(Row row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : row.values()) {
      values.add(value instanceof Integer number ? (Object) number.longValue() : value);
    }
    return new TableResult.Change(row.kind().symbol(), values);
  }
}
