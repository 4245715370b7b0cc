package io.millrace.spi.connector;

import java.util.List;

/**
 * A connector to a system through which the parts of a shared job can give each other rows. What a
 * part sends becomes visible when its transaction is committed, and not at all if it is not; how
 * far a part has read is committed with its own transactions.
 */
public interface ExchangeConnector extends SharedSourceConnector, TransactionalSinkConnector {
  /** Names the place of an exchange for people, such as {@code topic 'x'}. Opens nothing. */
  String place(Exchange exchange, String job);

  /**
   * Has the places of exchanges be there, before any part runs. Each process of the job does so.
   *
   * @param parts how many parts the job has
   * @throws io.millrace.spi.error.MillraceException if one cannot be made, or is for another number
   *     of parts
   */
  void prepare(List<Exchange> exchanges, String job, int parts);

  @Override
  ExchangeAuthority openTransactions(List<StreamDefinition> sinks, TransactionContext context);

  /**
   * Opens what a part of a job is given. The source has one partition for each part that sends, in
   * the order of their numbers; {@link Source#acknowledge} lets records go that nobody reads again.
   *
   * @param context of the part that reads; its decoder reads the records
   */
  Source openExchange(Exchange exchange, SourceContext context);
}
