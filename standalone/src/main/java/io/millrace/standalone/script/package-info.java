/**
 * Query files. In come names given on the command line; out go texts, deployments and compiled
 * scripts, or what is wrong with a file. The commands may use it.
 */
@NullMarked
package io.millrace.standalone.script;

import org.jspecify.annotations.NullMarked;
