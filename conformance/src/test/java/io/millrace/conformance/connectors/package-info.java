/**
 * Connectors and formats as the reference shows them: their declared options, and an example of
 * each that runs. In come the declarations and the examples among the test resources; out goes the
 * page in docs. Only tests use it.
 */
@NullMarked
package io.millrace.conformance.connectors;

import org.jspecify.annotations.NullMarked;
