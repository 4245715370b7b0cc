package io.millrace.compiler.graph;

import io.millrace.language.plan.RowKinds;
import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.operators.retime.RetimeSpec;
import io.millrace.spi.time.Slack;
import java.util.List;
import java.util.Optional;

/** What gives the rows of a stream that queries feed the times that it declares. */
final class Retimes {
  private Retimes() {}

  /** Empty if the rows keep the times that the queries give them. */
  static Optional<RetimeSpec> of(StreamDeclaration stream) {
    if (stream.time() instanceof TimeAttribute.Column by) {
      return Optional.of(of(stream, by.column(), Slack.NONE));
    }
    if (stream.time() instanceof TimeAttribute.Watermark watermark) {
      return Optional.of(of(stream, watermark.column(), watermark.slack()));
    }
    return Optional.empty();
  }

  private static RetimeSpec of(StreamDeclaration stream, int column, Slack slack) {
    List<Integer> kinds = stream.rowKinds().map(RowKinds::columns).orElse(List.of());
    return new RetimeSpec(stream.schema(), column, slack, stream.idleMillis(), kinds);
  }
}
