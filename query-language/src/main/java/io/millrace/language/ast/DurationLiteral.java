package io.millrace.language.ast;

import io.millrace.spi.error.Span;
import java.time.Duration;

/**
 * {@code 1 HOUR 30 MINUTES} or {@code INTERVAL '10' MINUTE}; whole milliseconds that fit a long.
 */
public record DurationLiteral(Duration value, Span span) implements Expression {

  @Override
  public <R> R accept(ExpressionVisitor<R> visitor) {
    return visitor.visitDurationLiteral(this);
  }

  /** The length in milliseconds. */
  public long millis() {
    return value.toMillis();
  }
}
