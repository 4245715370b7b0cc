/**
 * Reads and writes tables of databases. In come rows of a table or a query, out go inserts, upserts
 * and deletions in transactions, each snapshot's rows once. Found by ServiceLoader, as the drivers
 * are, which the user puts on the class path; nobody depends on it.
 *
 * <pre>
 * JdbcSource (query) -> SqlType -> RowWriter
 * Batch -> RowCodec (rows of an interval as bytes) -> TableWriter (statements of a Dialect) -> Database
 * </pre>
 */
@NullMarked
package io.millrace.connectors.jdbc;

import org.jspecify.annotations.NullMarked;
