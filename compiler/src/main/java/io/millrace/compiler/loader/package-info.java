/**
 * Classes of generated code. In come kernels as text and constants, out come instances of classes
 * that Janino made of them; kernels of one shape share a class. The engine gives the loader to
 * operators through their context.
 */
@NullMarked
package io.millrace.compiler.loader;

import org.jspecify.annotations.NullMarked;
