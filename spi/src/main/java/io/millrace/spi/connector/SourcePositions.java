package io.millrace.spi.connector;

import java.util.List;

/**
 * How far a source has been read.
 *
 * @param stream the source's stream; its option {@code connector} names its connector
 * @param partitions the names of its partitions, as {@link Source#partitions} gives them
 * @param positions for each of them the position behind the last row that was read
 */
public record SourcePositions(
    StreamDefinition stream, List<String> partitions, List<String> positions) {
  public SourcePositions {
    partitions = List.copyOf(partitions);
    positions = List.copyOf(positions);
  }
}
