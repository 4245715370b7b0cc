package io.millrace.compiler.graph;

import io.millrace.language.plan.StreamDeclaration;
import io.millrace.language.plan.TimeAttribute;
import io.millrace.operators.retime.RetimeSpec;
import io.millrace.spi.time.Slack;
import java.util.Optional;

/** What gives the rows of a stream that queries feed the times that it declares. */
final class Retimes {
  private Retimes() {}

  /** Empty if the rows keep the times that the queries give them. */
  static Optional<RetimeSpec> of(StreamDeclaration stream) {
    if (stream.time() instanceof TimeAttribute.Column by) {
      return Optional.of(new RetimeSpec(stream.schema(), by.column(), Slack.NONE));
    }
    if (stream.time() instanceof TimeAttribute.Watermark watermark) {
      return Optional.of(new RetimeSpec(stream.schema(), watermark.column(), watermark.slack()));
    }
    return Optional.empty();
  }
}
