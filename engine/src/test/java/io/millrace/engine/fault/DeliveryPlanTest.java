package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.delivery.DeliveryPlanner;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import org.junit.jupiter.api.Test;

/** What scripts promise, and why. */
final class DeliveryPlanTest {
  private static final String INPUT =
      "CREATE STREAM E (k STRING, v BIGINT) WITH (connector = 'world');\n";
  private static final String BANK =
      "CREATE STREAM B WITH (connector = 'bank') AS SELECT k FROM E;\n";
  private static final String LEDGER =
      "CREATE STREAM L WITH (connector = 'ledger') AS SELECT k FROM E;\n";
  private static final String TAPE =
      "CREATE STREAM T WITH (connector = 'tape') AS SELECT k FROM E;\n";
  private static final String CONSOLE =
      "CREATE STREAM C WITH (connector = 'plain') AS SELECT k FROM E;\n";

  @Test
  void shouldNameTheAuthorityAndEachSinksGuarantee() {
    assertThat(plan(INPUT + BANK + LEDGER + CONSOLE + "SELECT v FROM E;", true))
        .isEqualTo(
            """
            Delivery
              snapshots: every 1000 ms
              committed by: transactions of the bank
              B: exactly once, in the transaction that commits the snapshot
              L: exactly once, brought to the snapshot when it goes on
              C: at least once, connector 'plain' cannot take rows back
              result: at least once, its rows are shown as they come
            """);
  }

  @Test
  void shouldCommitByManifestWhenNoSinkHasTransactions() {
    assertThat(plan(INPUT + LEDGER, true))
        .isEqualTo(
            """
            Delivery
              snapshots: every 1000 ms
              committed by: the snapshot's manifest
              L: exactly once, brought to the snapshot when it goes on
            """);
  }

  @Test
  void shouldSayThatRowsMayCountTwiceWhenAnInputGivesThemUntilTheyAreAcknowledged() {
    assertThat(plan(INPUT.replace("'world'", "'queue'") + BANK + TAPE, true))
        .isEqualTo(
            """
            Delivery
              snapshots: every 1000 ms
              committed by: transactions of the bank
              rows of 'E' may count twice after a crash: those come again that were not acknowledged, which they are behind the commit
              B: at least once, in the transaction that commits the snapshot
              T: at least once, connector 'tape' cannot take rows back
                millrace-seq: none, since 'E' gives rows again in any order
            """);
  }

  @Test
  void shouldSayWhyWhenThereAreNoSnapshots() {
    assertThat(plan(INPUT + LEDGER, false))
        .isEqualTo(
            """
            Delivery
              snapshots: none, since there is no place for them: SET 'snapshot.dir'
              L: at least once, the job keeps no snapshots
            """);
    assertThat(plan("CREATE STREAM M (k STRING);\n" + LEDGER.replace("FROM E", "FROM M"), true))
        .contains("snapshots: none, since the program that sends to 'M' cannot send again");
  }

  @Test
  void shouldSaySoWhenStreamsOfAnotherJobAreRead() {
    World world = new World(1);
    try (Engine engine = WorldJob.engine(world)) {
      engine.deploy(Deployment.of(INPUT).named("first"));
      CompiledScript reader = engine.compile(Deployment.of(LEDGER));
      Connections connections =
          new Connections(engine.parts().plugins(), "second", Clock.system(), null);

      assertThat(DeliveryPlanner.plan(connections, reader, true).print())
          .contains(
              "snapshots: none, since 'E' is a stream of another job: put both into one script")
          .contains("L: at least once, the job keeps no snapshots");
    }
  }

  @Test
  void shouldFlushWhenTheScriptAsksForNoMore() {
    assertThat(plan("SET 'delivery' = 'at-least-once';\n" + INPUT + BANK + LEDGER, true))
        .contains("committed by: the snapshot's manifest")
        .contains("B: at least once, as SET 'delivery' says")
        .contains("L: at least once, as SET 'delivery' says");
  }

  @Test
  void shouldHoldRowsBackWhenNoneMayComeTwice() {
    String atMostOnce = "SET 'delivery' = 'at-most-once';\n" + INPUT;
    assertThat(plan(atMostOnce + BANK + LEDGER + CONSOLE + "SELECT v FROM E;", true))
        .isEqualTo(
            """
            Delivery
              snapshots: every 1000 ms
              committed by: transactions of the bank
              B: exactly once, in the transaction that commits the snapshot
              L: exactly once, brought to the snapshot when it goes on
              C: at most once, written when its snapshot is there: connector 'plain' cannot take rows back
              result: at most once, its rows are shown when their snapshot is there
            """);
    assertThatThrownBy(() -> plan(atMostOnce + CONSOLE, false))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "'delivery' is 'at-most-once', but the job keeps no snapshots, since there is no place"
                + " for them: SET 'snapshot.dir'");
  }

  @Test
  void shouldSayWhichRowsAreNumberedAndWhyNot() {
    String endless = INPUT.replace("'world'", "'world', end = 'no'");
    String tape = "CREATE STREAM T WITH (connector = 'tape') AS SELECT ";

    assertThat(plan(INPUT + tape + "k FROM E;", true))
        .endsWith(
            """
              T: at least once, connector 'tape' cannot take rows back
                millrace-seq: a number for every row
            """);
    assertThat(plan(endless + tape + "k FROM E;", true))
        .contains("millrace-seq: a number for every row if 'E' has one partition, else none\n");
    assertThat(plan(INPUT + tape + "now() AS t FROM E;", true))
        .contains("millrace-seq: none, since now() gives something else when it is called again\n");
    assertThat(
            plan(
                endless
                    + endless.replace(" E ", " F ")
                    + tape
                    + "k FROM E;\nINSERT INTO T SELECT k FROM F;",
                true))
        .contains("millrace-seq: none, since 'E' and 'F' are read as rows come\n");
    String table = endless.replace("STREAM", "TABLE").replace("k STRING", "k STRING PRIMARY KEY");
    assertThat(plan(table + tape.replace("STREAM", "TABLE") + "k, v FROM E;", true))
        .contains("millrace-seq: none, since changes of table 'E' may be gone");
    assertThat(plan(INPUT + tape + "k FROM E;", false))
        .contains("millrace-seq: none, since numbers are kept in snapshots\n");
    assertThat(plan(INPUT + LEDGER, true)).doesNotContain("millrace-seq");
  }

  @Test
  void shouldNameStreamsWhoseRowsMayBeLeftOut() {
    String endless = INPUT.replace("'world'", "'world', end = 'no'");
    String tape = "CREATE STREAM T WITH (connector = 'tape') AS SELECT k FROM E;";
    assertThat(plan("SET 'overload' = 'shed';" + endless + LEDGER, true))
        .isEqualTo(
            """
            Delivery
              snapshots: every 1000 ms
              committed by: the snapshot's manifest
              rows of 'E' may be left out under overload
              L: exactly once, brought to the snapshot when it goes on
            """);
    assertThat(plan("SET 'overload' = 'shed';" + INPUT + LEDGER, true))
        .as("nobody waits for an input that ends")
        .doesNotContain("left out");
    assertThat(plan("SET 'overload' = 'refuse';" + endless + LEDGER, true))
        .doesNotContain("left out");
    assertThat(plan("SET 'overload' = 'shed';" + endless + tape, true))
        .contains("millrace-seq: none, since rows of 'E' may be left out under overload\n");
    assertThatThrownBy(
            () ->
                plan(
                    "SET 'overload' = 'shed'; SET 'delivery' = 'exactly-once';" + endless + LEDGER,
                    true))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "'delivery' is 'exactly-once', but rows of 'E' may be left out under overload: SET"
                + " 'overload' = 'block', or leave 'delivery' out, and what is not left out counts"
                + " once where sinks can");
  }

  private static String plan(String script, boolean hasStore) {
    World world = new World(1);
    try (Engine engine =
        Engine.builder()
            .connector(new WorldSourceConnector(world))
            .connector(new QueueConnector(world))
            .connector(new LedgerConnector(world))
            .connector(new BankConnector(world))
            .connector(new TapeConnector(world))
            .connector(new PlainConnector())
            .build()) {
      CompiledScript compiled = engine.compile(Deployment.of(script));
      Connections connections =
          new Connections(engine.parts().plugins(), "job", Clock.system(), null);
      return DeliveryPlanner.plan(connections, compiled, hasStore).print();
    }
  }
}
