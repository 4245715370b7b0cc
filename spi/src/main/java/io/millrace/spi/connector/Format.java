package io.millrace.spi.connector;

import io.millrace.spi.option.OptionSpec;
import java.util.List;

/**
 * A way to write rows as bytes. Found by ServiceLoader; has a public constructor without arguments
 * and no state.
 */
public interface Format {
  /** The value of {@code format = '…'}, in lower case. */
  String name();

  /** One sentence for the reference. */
  String description();

  /** The options that it takes in WITH, such as {@code json.timestamp}. */
  List<OptionSpec> options();

  /**
   * A decoder for one stream; used by one thread.
   *
   * @throws io.millrace.spi.error.MillraceException if the format cannot hold the stream's columns
   */
  Decoder decoder(StreamDefinition stream);

  /**
   * An encoder for one stream; used by one thread.
   *
   * @param showsRowKind whether every row has its kind as {@code ROW_KIND}; deletions always have
   * @throws io.millrace.spi.error.MillraceException if the format cannot hold the stream's columns
   */
  Encoder encoder(StreamDefinition stream, boolean showsRowKind);
}
