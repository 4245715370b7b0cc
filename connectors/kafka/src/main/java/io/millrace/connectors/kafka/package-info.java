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
 *       KafkaSource           KafkaSink
 *   PartitionBuffer[]          RowEncoder  -- row to ProducerRecord
 *   RecordDecoder -- record to rows
 *   OffsetCommits
 * </pre>
 */
@NullMarked
package io.millrace.connectors.kafka;

import org.jspecify.annotations.NullMarked;
