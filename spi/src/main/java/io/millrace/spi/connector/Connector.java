package io.millrace.spi.connector;

import io.millrace.spi.option.OptionSpec;
import java.util.List;

/**
 * A kind of system that rows come from or go to. Found by ServiceLoader; has a public constructor
 * without arguments and no state. Implements {@link SourceConnector}, {@link SinkConnector}, or
 * both.
 */
public interface Connector {
  /** The value of {@code connector = '…'}, in lower case. */
  String name();

  /** One sentence for SHOW CONNECTORS. */
  String description();

  /** Whether its streams name a format: {@code format = '…'}. */
  FormatUse formatUse();

  /**
   * Every option that it takes, beside {@code connector}, {@code format}, the format's own, and the
   * engine's ({@code on.error}, …).
   */
  List<OptionSpec> options();
}
