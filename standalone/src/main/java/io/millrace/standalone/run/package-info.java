/**
 * Jobs from their start to their end. In come deployed jobs and requests to stop; out go a status
 * line while they run, a summary, and their failures. The run command may use it.
 */
@NullMarked
package io.millrace.standalone.run;

import org.jspecify.annotations.NullMarked;
