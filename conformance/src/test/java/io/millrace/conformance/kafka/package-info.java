/**
 * Kafka for real: a broker in a process of its own, and the tests that talk to it. A test class
 * takes the broker as a parameter, by {@link KafkaBrokerExtension}; there is one for all of them.
 * Only tests use it.
 */
@NullMarked
package io.millrace.conformance.kafka;

import org.jspecify.annotations.NullMarked;
