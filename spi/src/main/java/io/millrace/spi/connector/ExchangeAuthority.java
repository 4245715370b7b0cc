package io.millrace.spi.connector;

/** The transactions of a part of a shared job that gives records to other parts in them. */
public interface ExchangeAuthority extends CommitAuthority {
  /** Where the records of an exchange go: they belong to the interval that was begun last. */
  ExchangeSink exchange(Exchange exchange);
}
