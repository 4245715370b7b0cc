package io.millrace.language.plan;

import io.millrace.spi.function.AggregateDescriptor;

/** A user's aggregate. */
public record UserAggregate(AggregateDescriptor definition) implements Aggregate {
  @Override
  public String sqlName() {
    return definition.name();
  }

  @Override
  public boolean isLasting() {
    return false;
  }
}
