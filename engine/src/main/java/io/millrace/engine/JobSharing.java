package io.millrace.engine;

import io.millrace.engine.compile.CompiledScript;
import io.millrace.engine.connect.Connections;
import io.millrace.engine.connect.StreamOptions;
import io.millrace.engine.delivery.DeliveryPlanner;
import io.millrace.engine.sharing.SharingPlan;
import io.millrace.engine.sharing.SharingPlanner;
import io.millrace.spi.connector.ExchangeConnector;
import io.millrace.spi.connector.JobMembership;
import io.millrace.spi.connector.SharedSourceConnector;
import io.millrace.spi.error.MillraceException;

/** Checks that a job can be shared, and joins the processes that do. */
final class JobSharing {
  private final EngineParts parts;
  private final String name;
  private final CompiledScript script;
  private final Connections connections;

  JobSharing(EngineParts parts, String name, CompiledScript script) {
    this.parts = parts;
    this.name = name;
    this.script = script;
    this.connections =
        new Connections(parts.plugins(), name, parts.core().clock(), parts.console());
  }

  SharedJob open() {
    SharingPlan plan =
        SharingPlanner.plan(connections, script, DeliveryPlanner.plan(connections, script, true));
    if (!plan.isPossible()) {
      throw new MillraceException(
          "job '" + name + "' cannot be shared among processes, since " + plan.obstacle());
    }
    if (parts.stores(script).isEmpty()) {
      throw new MillraceException(
          "job '"
              + name
              + "' cannot be shared without a place for its snapshots that all processes reach: name"
              + " the folder by --snapshots, or by SET '"
              + StreamOptions.SNAPSHOT_DIR
              + "'");
    }
    SharedSourceConnector connector =
        (SharedSourceConnector) connections.connector(plan.sources().get(0));
    JobMembership membership =
        connector.join(
            plan.sources().stream().map(connections::definition).toList(),
            name,
            plan.meaning(),
            parts.core().clock());
    try {
      prepareExchanges(plan.script(), membership.parts());
      return new SharedJob(name, plan.script(), parts, membership);
    } catch (RuntimeException e) {
      membership.close();
      throw e;
    }
  }

  private void prepareExchanges(CompiledScript ofPart, int count) {
    if (!ofPart.exchanges().isEmpty()) {
      ((ExchangeConnector) connections.connector(ofPart.firstSink()))
          .prepare(JobExchanges.of(ofPart, connections), name, count);
    }
  }
}
