/**
 * Tests without a broker: options, keys, errors, and source and sink on Kafka's in-memory clients.
 */
@NullMarked
package io.millrace.connectors.kafka;

import org.jspecify.annotations.NullMarked;
