/** Reads and writes Kafka topics. */
@NullMarked
package io.millrace.connectors.kafka;

import org.jspecify.annotations.NullMarked;
