/**
 * What tests of Millrace and of its plug-ins are written with: random cases that name their seed
 * and shrink, the harness for operators, the contract that every back end of state holds. In come
 * the things under test; out go assertions. For test scope only.
 */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
