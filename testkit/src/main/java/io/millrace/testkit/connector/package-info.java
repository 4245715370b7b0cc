/**
 * What authors of connectors and formats test them with. In come a connector or a format and the
 * options of a stream; out go the rows that it wrote, recorded, and the abstract contract tests
 * that each must pass. Tests of every module may use it.
 */
@NullMarked
package io.millrace.testkit.connector;

import org.jspecify.annotations.NullMarked;
