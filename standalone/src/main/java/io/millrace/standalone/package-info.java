/**
 * The {@code millrace} command. In come arguments; out go an exit status and what the jobs write.
 * Nothing depends on it.
 *
 * <pre>
 * Main -> Millrace -> RunCommand      -> script (read, compile) -> run (jobs, status, stop)
 *                     CheckCommand    -> script
 *                     ExplainCommand  -> script
 *                     SnapshotCommand -> a job that runs in another process
 *                     TestCommand, FunctionsCommand, ConnectorsCommand
 *                                        all of them -> terminal (rows, messages)
 * </pre>
 */
@NullMarked
package io.millrace.standalone;

import org.jspecify.annotations.NullMarked;
