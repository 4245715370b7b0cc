package io.millrace.connectors.kafka;

import io.millrace.spi.connector.JobPart;
import java.util.Optional;

/**
 * The cluster of a job's exactly-once sinks.
 *
 * @param job the name of the job
 * @param part the part of it that commits; empty if it is not shared
 * @param name the cluster's name, of {@link SystemName#cluster}
 * @param options of the job's first sink
 * @param errors in the name of the job
 */
record JobCluster(
    String job, Optional<JobPart> part, String name, KafkaOptions options, KafkaErrors errors) {}
