package io.millrace.spi.connector;

import java.util.List;

/**
 * A connector to a system with transactions that can hold, beside the rows of several sinks, a
 * pointer to a snapshot: the commit of such a transaction is the commit of the snapshot. See {@link
 * CommitAuthority}.
 */
public interface TransactionalSinkConnector extends SinkConnector {
  /**
   * Names the system that a stream is on, and how it is reached: sinks on the same one share
   * transactions. Opens nothing; shows no secrets.
   */
  String system(StreamDefinition stream);

  /**
   * Opens the sinks of a job that are on one system. Nothing of the system's earlier transactions
   * is touched before {@link CommitAuthority#fence}.
   *
   * @param sinks at least one, all on the same system, in the order of the script
   * @throws io.millrace.spi.error.MillraceException with cause and remedy, if that fails, or the
   *     system cannot keep a transaction open for as long as an interval may take
   */
  CommitAuthority openTransactions(List<StreamDefinition> sinks, TransactionContext context);
}
