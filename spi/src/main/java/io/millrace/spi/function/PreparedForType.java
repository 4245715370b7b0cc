package io.millrace.spi.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that a parameter is not part of the SQL signature: it receives what a static method makes of
 * the type that an argument or the result has in this call. For functions over {@code ANY} or type
 * variables that must know more than the internal form, such as {@code to_json}. It is made once,
 * when the query is compiled.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface PreparedForType {
  /**
   * The name of a public static method of the same class whose one parameter is a {@link
   * io.millrace.spi.types.DataType}.
   */
  String value();

  /** The SQL argument whose type is meant, counted from 1; 0 is the result. */
  int argument();
}
