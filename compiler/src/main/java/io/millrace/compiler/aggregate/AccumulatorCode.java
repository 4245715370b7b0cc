package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.ConstantPool;
import io.millrace.compiler.code.JavaTypes;
import java.util.regex.Pattern;

/** Where an accumulator writes its code, and the names that it uses there. */
final class AccumulatorCode {
  private static final Pattern NAME = Pattern.compile("\\$(\\w+)");
  private static final Pattern FROM = Pattern.compile("from\\d+");

  private static final String CATCH = "catch (RuntimeException e)";

  private final CodeWriter out;
  private final ConstantPool constants;
  private final Accumulator accumulator;
  private final int firstField;
  private final boolean nullable;
  private final String refusal;

  /**
   * @param nullable whether the row's values may be NULL
   * @param refusal the statement that leaves a refused row
   */
  AccumulatorCode(
      CodeWriter out,
      ConstantPool constants,
      Accumulator accumulator,
      int firstField,
      boolean nullable,
      String refusal) {
    this.out = out;
    this.constants = constants;
    this.accumulator = accumulator;
    this.firstField = firstField;
    this.nullable = nullable;
    this.refusal = refusal;
  }

  /**
   * Writes lines of Java in which {@code $x} is the row's value, of the Java type of its layout,
   * {@code $y} that of a second argument, {@code $0}, {@code $1}, … are the group's values of the
   * accumulator's fields, to be read or assigned, {@code $from0}, … those of a group that is merged
   * into it, {@code $time} and {@code $cause} are the row's time and cause, and every other {@code
   * $name} is a variable of the accumulator's own.
   */
  AccumulatorCode write(String lines) {
    for (String line : lines.lines().map(String::strip).toList()) {
      String code = resolve(line);
      if (code.equals("}")) {
        out.close();
      } else if (code.startsWith("} ")) {
        out.reopen(code.substring(2, code.length() - 2));
      } else if (code.endsWith(" {")) {
        out.open(code.substring(0, code.length() - 2));
      } else {
        out.line(code);
      }
    }
    return this;
  }

  private String resolve(String line) {
    return NAME.matcher(line).replaceAll(match -> resolveName(match.group(1)));
  }

  private String resolveName(String name) {
    if (Character.isDigit(name.charAt(0))) {
      return "f" + (firstField + Integer.parseInt(name)) + "[g]";
    }
    if (FROM.matcher(name).matches()) {
      return "s" + (firstField + Integer.parseInt(name.substring(4))) + "[s]";
    }
    return switch (name) {
      case "x" -> value(0);
      case "y" -> value(1);
      case "time" -> "times[i]";
      case "cause" -> "causes[i]";
      default -> name + firstField;
    };
  }

  /** A condition that the row's value is NULL, of an input that takes NULL. */
  String isNull() {
    return isNull(0);
  }

  private String isNull(int argument) {
    int column = accumulator.input().arguments().get(argument).column();
    return nullable ? RowUpdateWriter.isNull(column) : "false";
  }

  /** The row's value as an object, for {@link #write}; null for NULL where that is taken. */
  String boxed() {
    return boxed(0);
  }

  /** The row's value of an argument as an object, as {@link #boxed()}. */
  String boxed(int argument) {
    AggregateInput.Argument of = accumulator.input().arguments().get(argument);
    String value = JavaTypes.box(of.type(), value(argument));
    return of.takesNull() ? isNull(argument) + " ? null : " + value : value;
  }

  /** The row's value of an argument, of the Java type of its layout. */
  String value(int argument) {
    return "x" + accumulator.input().arguments().get(argument).column();
  }

  /**
   * Refuses the row if a statement, written as {@link #write} says, throws an exception.
   *
   * @param aggregate whose statement it is
   */
  void refuseIfThrown(String statement, String aggregate) {
    String name = constants.of(accumulator, "name", "String", aggregate);
    out.open("try").line(resolve(statement)).reopen(CATCH);
    out.line("errors.add(i, UserAggregates.refusal(" + name + ", e));").line(refusal).close();
  }

  /** Fails for good if a statement, written as {@link #write} says, throws an exception. */
  void failIfThrown(String statement, String aggregate, String method) {
    String name = constants.of(accumulator, "name", "String", aggregate);
    out.open("try").line(resolve(statement)).reopen(CATCH);
    out.line("throw UserAggregates.failure(" + name + ", \"" + method + "\", e);").close();
  }

  /** Refuses the row if a condition, written as {@link #write} says, holds. */
  void refuseIf(String condition, String message) {
    String constant = constants.of(accumulator, message, "String", message);
    out.open("if (" + resolve(condition) + ")")
        .line("errors.add(i, " + constant + ");")
        .line(refusal)
        .close();
  }
}
