package io.millrace.spi.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public class an aggregate of the language. Classes with the same name are overloads. What
 * a group has come to is an <em>accumulator</em> {@code A}, which public static methods of the
 * class make; here with one argument of type DOUBLE:
 *
 * <pre>{@code
 * A      create()                          // of nothing
 * A      accumulate(A held, double x)      // with one more row
 * A      retract(A held, double x)         // without a row that was accumulated; optional
 * A      merge(A one, A other)             // of the rows of both; optional
 * double result(A held)
 * StateCodec<A> codec()                    // only if A is no record
 * }</pre>
 *
 * <p><b>An accumulator is a value</b>: no method changes one that it is given, it returns another
 * (or the same, if nothing changes), but never null. So a row that is refused leaves no trace.
 * {@code create} is called once when a query is made ready, and what it gives stands for all groups
 * that hold nothing. An accumulator is either a public record whose components are {@code long},
 * {@code double}, {@code boolean} (or these boxed), {@code String}, {@code BigDecimal}, {@code
 * Bytes}, lists and maps of them, which the engine saves by itself; or of any class with a {@code
 * codec}, whose version tells what it wrote. State of a record whose components were others, or of
 * a newer version, is refused.
 *
 * <p><b>Optional abilities</b>: {@code retract} is needed where rows leave one by one (sliding
 * windows, aggregates of tables, moving frames of OVER), {@code merge} where a result is put
 * together of parts (HOPPING, CUMULATE, SESSION, {@code TIME (d, slide)}). A query that needs one
 * that there is not is refused. When the last row leaves, the accumulator is that of {@code create}
 * again.
 *
 * <p><b>Order</b>: rows are accumulated as they come and retracted as they leave, and parts are
 * merged in whatever order is cheapest, which may be another with other tasks. So a result should
 * depend on the rows alone, to the last digit.
 *
 * <p>Carriers of arguments and result are those of {@link ScalarFunction}, and so is NULL: a row
 * with a NULL is passed over, unless its parameter is annotated {@code @Nullable}; a result
 * annotated {@code @Nullable} may be null. If all rows are passed over, the result is that of
 * {@code create}.
 *
 * <p>Errors: a row for which {@code accumulate} throws is a row that failed, with the message of
 * what it threw, and counts in no aggregate of its query; only where a query has OVER of several
 * partitions, those that took the row before keep it. No row is to blame where {@code retract},
 * {@code merge} or {@code result} throws, or {@code accumulate} for a row that it had taken before:
 * the job stops. A script is not deployed where {@code create} throws. To give null for an
 * accumulator is to fail in the same way. An aggregate that merges decides by the row alone whether
 * it throws, since a row may go into several parts. Checked exceptions are not declared.
 *
 * <p>Threads: tasks call the methods at the same time, so they keep nothing that changes.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AggregateFunction {
  /** The name and its synonyms, in lower case; the first is shown. */
  String[] name();

  /**
   * The signature, as {@link ScalarFunction#signature} says, without lambdas and repeated
   * parameters.
   */
  String signature();

  /** One sentence for the reference, with a capital and a full stop. */
  String description();

  /** The heading of the reference under which it stands, such as {@code statistics}. */
  String category();

  /** Calls as a query writes them, such as {@code "geometric_mean(price)"}. */
  String[] examples();
}
