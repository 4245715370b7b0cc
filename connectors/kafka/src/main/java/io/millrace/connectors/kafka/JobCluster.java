package io.millrace.connectors.kafka;

/**
 * The cluster of a job's exactly-once sinks.
 *
 * @param job the name of the job
 * @param name the cluster's name, of {@link SystemName#cluster}
 * @param options of the job's first sink, whose topic holds the pointer
 * @param errors in the name of the job
 */
record JobCluster(String job, String name, KafkaOptions options, KafkaErrors errors) {}
