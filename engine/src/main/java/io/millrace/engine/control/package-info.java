/**
 * What one process may ask of the jobs of another: which snapshots they keep, to take one now, and
 * what they hold. Comes in: jobs that answer, or the folder of snapshots of jobs that are asked;
 * goes out: requests and answers, as files beside the snapshots. Used by the command.
 */
@NullMarked
package io.millrace.engine.control;

import org.jspecify.annotations.NullMarked;
