/**
 * What the parts of a shared job give each other. Comes in: rows that leave the graph of a part at
 * an exchange, and how far its watermark has come; goes out: records, each for the part in which
 * its row's group is, and back from records rows with all that is known of them. Used by the engine
 * when it runs a part; knows no connector.
 *
 * <pre>
 *  part 0: … ──► ExchangeOutlet ──┐ records of part 0   ┌──► ExchangeDecoder, lane 0 ──┐
 *                                 ├──► partition 1 ─────┤                              ├──► … of part 1
 *  part 1: … ──► ExchangeOutlet ──┘ records of part 1   └──► ExchangeDecoder, lane 1 ──┘
 * </pre>
 */
@NullMarked
package io.millrace.engine.exchange;

import org.jspecify.annotations.NullMarked;
