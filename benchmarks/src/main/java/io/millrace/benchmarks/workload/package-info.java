/**
 * Whole queries beside hand-written Java and beside peers. In come generated trades, given to each
 * contender as objects; out goes a table of events per CPU second with the ratio to the
 * hand-written loop of the same JVM. Peers implement {@link
 * io.millrace.benchmarks.workload.Contender} in this package, in source folders that only a Maven
 * profile adds; nothing else may depend on it.
 *
 * <pre>
 * WorkloadBenchmark -> one JVM per contender, variant and workload: ContenderRun
 *   TradeSets -> Feeder -> Contender.Session -> Checksum      compared with, and interleaved with,
 *   TradeSets -> Feeder -> ReferenceContender -> Checksum     the hand-written loop
 * </pre>
 */
@NullMarked
package io.millrace.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
