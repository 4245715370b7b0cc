package io.millrace.spi.connector;

/**
 * What a sink has staged for a snapshot.
 *
 * @param snapshotId the snapshot
 * @param bytes as {@link StagedSink#stage} gave them; not changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record StagedOutput(long snapshotId, byte[] bytes) {}
