/**
 * Reads and writes Kafka topics.
 *
 * <p>In come the WITH clause of a stream or table, and records of a cluster or rows of a query; out
 * go rows with their key, time and pseudo-columns, or records with key, tombstones and timestamp.
 * Nobody depends on it: the engine finds it by ServiceLoader.
 *
 * <pre>
 *                 KafkaOptions -- TopicSelection, StartPoint, KeyCodec
 *                       |
 *                  Cluster (once, at the start: which topics, how many partitions)
 *                   /       \
 *       KafkaSource           KafkaSink (at least once)   KafkaCommitAuthority (exactly once)
 *   PartitionBuffer[]             \                          / IntervalSink, two IntervalProducers
 *   RecordDecoder                  RecordSender -- one for each producer
 *   RestoredPositions              RowEncoder -- row to ProducerRecord
 *   OffsetCommits                                           PointerGroup, ConsumedOffsets
 * </pre>
 */
@NullMarked
package io.millrace.connectors.kafka;

import org.jspecify.annotations.NullMarked;
