/**
 * The built-in functions of the language, one class per topic: plain static methods that compiled
 * code calls directly. In come values in their internal forms, out go values or row errors; each
 * method carries its signature, its description and its examples. The catalog finds them through
 * {@link io.millrace.operators.functions.BuiltInFunctions}; nothing else depends on them.
 */
@NullMarked
package io.millrace.operators.functions;

import org.jspecify.annotations.NullMarked;
