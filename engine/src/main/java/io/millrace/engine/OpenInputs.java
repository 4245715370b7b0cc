package io.millrace.engine;

import io.millrace.engine.connect.Connections;
import io.millrace.engine.delivery.DeliveryPlan;
import io.millrace.engine.delivery.SinkDelivery.Way;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.spi.connector.CommitAuthority;
import io.millrace.spi.connector.CommitPointer;
import io.millrace.spi.connector.Source;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt to run a job opens first: the authority, which keeps earlier processes of the job
 * from writing, and then the sources.
 */
final class OpenInputs implements AutoCloseable {
  private final Map<String, Source> sources = new LinkedHashMap<>();
  private @Nullable CommitAuthority authority;
  private @Nullable Optional<CommitPointer> committed;

  private OpenInputs() {}

  /**
   * Opens them; if one cannot be opened, the others are closed again.
   *
   * @param connected the streams of the script that have connectors
   * @param longestTransaction how long a transaction may be open
   * @param exchanges where rows come from other parts of the job
   */
  static OpenInputs open(
      List<StreamDeclaration> connected,
      Connections connections,
      DeliveryPlan delivery,
      Duration longestTransaction,
      JobExchanges exchanges) {
    OpenInputs inputs = new OpenInputs();
    try {
      List<StreamDeclaration> transactional =
          connected.stream()
              .filter(stream -> stream.isDerived())
              .filter(stream -> delivery.way(stream.name()) == Way.TRANSACTION)
              .toList();
      if (!transactional.isEmpty()) {
        CommitAuthority opened = connections.openTransactions(transactional, longestTransaction);
        inputs.authority = opened;
        inputs.committed = opened.fence();
      }
      for (StreamDeclaration stream : connected) {
        if (!stream.isDerived()) {
          inputs.sources.put(stream.name(), connections.openSource(stream));
        }
      }
      exchanges.openSources(inputs.sources);
    } catch (RuntimeException e) {
      inputs.close();
      throw e;
    }
    return inputs;
  }

  /** The sources, by stream or exchange. */
  Map<String, Source> sources() {
    return sources;
  }

  @Nullable CommitAuthority authority() {
    return authority;
  }

  /** What the authority has committed; null without authority. */
  @Nullable Optional<CommitPointer> committed() {
    return committed;
  }

  @Override
  public void close() {
    sources.values().forEach(Source::close);
    if (authority != null) {
      authority.close();
    }
  }
}
