package io.millrace.operators.kernel;

import io.millrace.spi.types.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a result come about: taken over from the input as they are, or computed.
 *
 * @param output the schema of the result
 * @param sources for each column of the result the index of the input column that it is, or -1 if
 *     it is computed; the computed ones are, in order, those of the projector
 * @param texts for each column of the result its expression, for people
 * @param projector computes the columns that are not taken over; null if there are none
 * @param isOfChanges whether the rows are changes by key, of which one that fails deletes its key
 */
public record ProjectionSpec(
    Schema output,
    List<Integer> sources,
    List<String> texts,
    @Nullable KernelSource<RowProjector> projector,
    boolean isOfChanges) {
  public ProjectionSpec {
    sources = List.copyOf(sources);
    texts = List.copyOf(texts);
  }
}
