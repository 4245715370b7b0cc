/**
 * The house rules of the design as tests, over the classes and the sources of all modules. Each
 * rule says why it is there, so that who breaks it learns what to do instead. Exceptions are listed
 * beside the rule, each with its reason.
 */
@NullMarked
package io.millrace.conformance.architecture;

import org.jspecify.annotations.NullMarked;
