/**
 * Script tests: text files that state what a script does, run under a virtual clock. Comes in: test
 * files; goes out: a report of what passed and, side by side, of what did not. For applications'
 * own tests and for the {@code millrace test} command.
 *
 * <pre>
 *   text --TestFileParser--> ScriptTest --ScriptTestRun--> rows --RowComparison--> ScriptTestReport
 * </pre>
 */
@NullMarked
package io.millrace.engine.script;

import org.jspecify.annotations.NullMarked;
