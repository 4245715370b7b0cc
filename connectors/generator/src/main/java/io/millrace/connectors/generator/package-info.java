/**
 * Makes seeded random rows at a given rate, for examples, tests and benchmarks. In come settings by
 * column; out go rows whose content depends on the seed, the column and the row's number alone, so
 * that any position can be gone back to. Found by ServiceLoader; nobody depends on it.
 */
@NullMarked
package io.millrace.connectors.generator;

import org.jspecify.annotations.NullMarked;
