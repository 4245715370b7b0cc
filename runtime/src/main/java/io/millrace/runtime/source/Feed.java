package io.millrace.runtime.source;

import io.millrace.runtime.circuit.EntryPort;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.StreamDefinition;
import io.millrace.spi.time.Clock;

/**
 * A source and the entry that its rows go to.
 *
 * @param definition the stream as its connector sees it
 * @param source the open source; its partitions are those of the entry
 * @param port the entry
 * @param rowTime where the times of its rows come from
 * @param metadataColumns for each pseudo-column of the connector the column of the entry that takes
 *     it, or -1
 * @param isBounded whether the source ends by itself
 * @param isTable whether it is a table, which, if it is bounded, is read before any stream
 * @param policy what becomes of bad records
 * @param shedding which rows are left out under overload; none of an input that ends
 * @param clock gives the times of rows that have none
 */
public record Feed(
    StreamDefinition definition,
    Source source,
    EntryPort port,
    RowTime rowTime,
    int[] metadataColumns,
    boolean isBounded,
    boolean isTable,
    RecordPolicy policy,
    ShedPolicy shedding,
    Clock clock) {}
