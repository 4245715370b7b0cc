package io.millrace.spi.connector;

/**
 * A place in a shared job at which rows go from the parts that have them to the parts that need
 * them, through the system that its topics are on.
 *
 * @param name the same for all time for what means the same, and unlike that of any stream
 * @param peer a stream that the job writes to: what the exchange needs is on the same system, and
 *     is reached in the same way
 */
public record Exchange(String name, StreamDefinition peer) {}
