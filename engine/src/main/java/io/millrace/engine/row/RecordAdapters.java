package io.millrace.engine.row;

import io.millrace.operators.kernel.KernelLoader;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.types.Schema;

/** Makes what copies between records and columns. */
public final class RecordAdapters {
  private final KernelLoader loader;
  private final EvaluationContext context;

  public RecordAdapters(KernelLoader loader, EvaluationContext context) {
    this.loader = loader;
    this.context = context;
  }

  /**
   * Copies records into rows of a stream.
   *
   * @throws io.millrace.spi.error.MillraceException if the record does not fit; the message names
   *     every component that does not
   */
  @SuppressWarnings("unchecked")
  public <T> RowFiller<T> filler(Class<T> type, Schema schema, String stream) {
    RecordComponents components = new RecordComponents(type, schema, stream);
    return components.isReachable()
        ? loader.load(new RecordCode(components, schema, type).filler(), context)
        : new RecordReflection<>(type, components, schema);
  }

  /** Makes records of rows of a stream; fails as {@link #filler} does. */
  @SuppressWarnings("unchecked")
  public <T> RowReader<T> reader(Class<T> type, Schema schema, String stream) {
    RecordComponents components = new RecordComponents(type, schema, stream);
    return components.isReachable()
        ? loader.load(new RecordCode(components, schema, type).reader(), context)
        : new RecordReflection<>(type, components, schema);
  }
}
