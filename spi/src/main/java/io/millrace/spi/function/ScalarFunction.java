package io.millrace.spi.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method a function of the language. Methods of the same name are overloads.
 *
 * <p>Carriers: a parameter or result has the internal form of its SQL type (see {@link
 * io.millrace.spi.types.DataType}): {@code boolean}, {@code long} for INT, BIGINT and all times,
 * {@code double}, {@code BigDecimal}, {@code String}, {@code Bytes}, {@code List<?>}, {@code Map<?,
 * ?>}, {@code Struct}, {@code Object} for a type variable (boxed internal form), {@link Lambda} for
 * a lambda, an array of these for the last, repeated parameter. Results may also be {@code int} for
 * INT.
 *
 * <p>NULL: a parameter of a primitive or plain type never receives NULL: the call gives NULL
 * without calling the method. A parameter annotated {@code @Nullable} (boxed where it would be
 * primitive) receives null. A result annotated {@code @Nullable} may be null.
 *
 * <p>Errors: a method that cannot give a result throws {@link io.millrace.spi.error.RowException}
 * or {@link ArithmeticException}, and then {@link #canFail} must be true.
 *
 * <p>Threads: tasks call a method at the same time, with the same prepared objects, so it keeps
 * nothing that changes, and these are immutable.
 *
 * <p>A method may take an {@link EvaluationContext} as its first parameter, which is not part of
 * the SQL signature. A parameter annotated {@link Prepared} receives an object made of the
 * argument, made once if the argument is a constant.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ScalarFunction {
  /** The name and its synonyms, in lower case; the first is shown. */
  String[] name();

  /**
   * The signature, such as {@code "(STRING, INT) -> STRING"}. Types are written as in SQL; {@code
   * T}, {@code U}, {@code K}, {@code V} are type variables, each the common type of all that it
   * stands for; {@code DECIMAL(p,s)} binds p and s, which the result may use as numbers or with
   * {@code min}/{@code max} and {@code + -}, such as {@code DECIMAL(min(38,p+1),0)}; {@code (T) ->
   * BOOLEAN} is a lambda; {@code STRING...} repeats (none is allowed); {@code ANY} is a parameter
   * that takes every type, boxed; {@code FROM_LITERAL(2)} is a result of the type that the text of
   * argument 2, a constant, names. Optional parameters are overloads of their own.
   */
  String signature();

  /** One sentence for the reference, with a capital and a full stop. */
  String description();

  /** The heading of the reference under which it stands, such as {@code strings}. */
  String category();

  /**
   * Calls and their results in SQL, such as {@code "upper('abc') = 'ABC'"}; they run as tests. A
   * result NULL is written {@code "f(x) IS NULL"}.
   */
  String[] examples();

  /** Whether the method may throw for some arguments. */
  boolean canFail() default false;

  /**
   * Whether equal arguments always give equal results. False for {@code now()} or {@code random()}.
   */
  boolean deterministic() default true;
}
