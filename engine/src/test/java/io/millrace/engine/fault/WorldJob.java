package io.millrace.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Deployment;
import io.millrace.engine.Engine;
import io.millrace.engine.Job;
import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.delivery.ArrivalOrder;
import io.millrace.engine.fault.World.InputRow;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.snapshot.SnapshotStores;
import io.millrace.spi.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Runs scripts in a {@link World}: each engine is a process that may end at any step. */
final class WorldJob {
  /** The input of scripts, of a world made by {@link #world}. */
  static final String INPUT =
      "CREATE STREAM Events (k STRING, v BIGINT) WITH (connector = 'world');\n";

  private WorldJob() {}

  /** A world with {@link #INPUT}: random keys and values, times that rise in each partition. */
  static World world(int partitions, int rows) {
    return world(partitions, rows, 5);
  }

  /** The same with so many keys. */
  static World world(int partitions, int rows, int keys) {
    World world = new World(5);
    Random random = new Random(11);
    List<List<InputRow>> input = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      List<InputRow> partition = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        partition.add(new InputRow(10L * i + p, "k" + random.nextInt(keys), random.nextInt(100)));
      }
      input.add(partition);
    }
    world.addInput("Events", input);
    return world;
  }

  static Engine engine(World world) {
    return engine(world, new WorldStores(world));
  }

  /** An engine whose snapshots are elsewhere. */
  static Engine engine(World world, SnapshotStores stores) {
    return Engine.builder()
        .clock(world.newClock())
        .connector(new WorldSourceConnector(world))
        .connector(new QueueConnector(world))
        .connector(new LedgerConnector(world))
        .connector(new BankConnector(world))
        .connector(new TapeConnector(world))
        .connector(new PlainConnector())
        .snapshots(stores)
        .batchSize(7)
        .stateBackends(world.state())
        .build();
  }

  /** What EXPLAIN says of whose results follow the order of arrival. */
  static String orderOfArrival(String script) {
    try (Engine engine = engine(new World(1))) {
      CompiledScript compiled = engine.compile(Deployment.of(script));
      Connections connections =
          new Connections(engine.parts().plugins(), "job", Clock.system(), null);
      return ArrivalOrder.print(connections, compiled);
    }
  }

  /** Deploys a script and starts its job. */
  static Job start(Engine engine, String script, String commitInterval) {
    Job job =
        engine.deploy(
            Deployment.of(script).named("job").withSetting("commit.interval", commitInterval));
    job.start();
    return job;
  }

  /**
   * Runs a job that does not end until it has taken all rows of the world's inputs.
   *
   * @param rows how many these are
   * @param restarts whether it ends half-way, and another one goes on
   */
  static void runUntilTaken(World world, String script, long rows, boolean restarts) {
    long taken = restarts ? runFor(world, script, rows / 2) : 0;
    runFor(world, script, rows - taken);
  }

  /** The same, with a restart by which another script goes on. */
  static void runUntilTaken(World world, String script, String then, long rows) {
    long taken = runFor(world, script, rows / 2);
    runFor(world, then, rows - taken);
  }

  /** Runs until so many rows have been taken, and gives the number of all that were. */
  private static long runFor(World world, String script, long rows) {
    Job job;
    try (Engine engine = engine(world)) {
      job = start(engine, script, "1 h");
      awaitRows(job, rows);
    }
    return job.metrics().totalIn();
  }

  /** Runs a job to its end, and says how many steps that took. */
  static long run(World world, String script) {
    long before = world.steps();
    try (Engine engine = engine(world)) {
      assertThat(start(engine, script, world.commitInterval()).await(Duration.ofMinutes(5)))
          .isTrue();
    }
    return world.steps() - before;
  }

  /** Runs a job to its end: one failure after {@code first} steps, then others at random. */
  static void runWithFailures(World world, String script, long first) {
    runWithFailures(world, attempt -> script, first);
  }

  /** The same with a script for each attempt. */
  static void runWithFailures(World world, IntFunction<String> scripts, long first) {
    Random random = new Random(first);
    world.failAfter(first);
    for (int attempt = 0; ; attempt++) {
      try {
        run(world, scripts.apply(attempt));
        return;
      } catch (MillraceException e) {
        assertThat(e.message()).contains("no power to");
        world.restorePower();
        if (attempt < 3) {
          world.failAfter(random.nextInt(200));
        }
      }
    }
  }

  /** Waits until a job has taken so many rows. */
  static void awaitRows(Job job, long rows) {
    while (job.metrics().totalIn() < rows) {
      job.failure()
          .ifPresent(
              failure -> {
                throw new AssertionError(failure);
              });
      Thread.onSpinWait();
    }
  }
}
