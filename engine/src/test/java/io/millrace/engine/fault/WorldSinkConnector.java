package io.millrace.engine.fault;

import io.millrace.spi.connector.FormatUse;
import io.millrace.spi.connector.SinkConnector;
import io.millrace.spi.option.OptionSpec;
import java.util.List;

/** What connectors to sinks of a {@link World} have in common: no format and no options. */
abstract class WorldSinkConnector implements SinkConnector {
  private final String name;

  WorldSinkConnector(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return "The " + name + " of a test's world.";
  }

  @Override
  public final FormatUse formatUse() {
    return FormatUse.NONE;
  }

  @Override
  public final List<OptionSpec> options() {
    return List.of();
  }
}
