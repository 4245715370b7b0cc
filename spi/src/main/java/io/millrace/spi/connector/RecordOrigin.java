package io.millrace.spi.connector;

/** Names a record for people, when it must be named. */
@FunctionalInterface
public interface RecordOrigin {
  /** Such as {@code trades-0@1500} or {@code orders.json:17}. */
  String describe();
}
