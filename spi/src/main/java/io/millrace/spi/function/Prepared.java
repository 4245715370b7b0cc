package io.millrace.spi.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a parameter receives what a static method of one argument makes of the SQL argument: a
 * pattern of a regular expression, a formatter of a format string. For a constant it is made when
 * the query is compiled, and what it throws is a compile error at the argument.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Prepared {
  /**
   * The name of a public static method of the same class with one parameter, the carrier of the
   * argument.
   */
  String value();
}
