package io.millrace.compiler.aggregate;

import io.millrace.compiler.code.CodeWriter;
import io.millrace.compiler.code.ConstantPool;

/** Where an accumulator writes its code, and the names that it uses there. */
final class AccumulatorCode {
  private final CodeWriter out;
  private final ConstantPool constants;
  private final Accumulator accumulator;
  private final int firstField;
  private final String refusal;

  /**
   * @param refusal the statement that leaves a refused row
   */
  AccumulatorCode(
      CodeWriter out,
      ConstantPool constants,
      Accumulator accumulator,
      int firstField,
      String refusal) {
    this.out = out;
    this.constants = constants;
    this.accumulator = accumulator;
    this.firstField = firstField;
    this.refusal = refusal;
  }

  /** The group's value of a field, to be read or assigned. */
  String field(int index) {
    return "f" + (firstField + index) + "[g]";
  }

  /** The row's value, of the Java type of its layout. */
  String value() {
    return "x" + accumulator.input().column();
  }

  /** A name for a variable that no other accumulator uses. */
  String variable(String name) {
    return name + firstField;
  }

  AccumulatorCode line(String statement) {
    out.line(statement);
    return this;
  }

  AccumulatorCode open(String head) {
    out.open(head);
    return this;
  }

  AccumulatorCode reopen(String head) {
    out.reopen(head);
    return this;
  }

  AccumulatorCode close() {
    out.close();
    return this;
  }

  /** Refuses the row if a condition holds. */
  void refuseIf(String condition, String message) {
    String constant = constants.of(accumulator, message, "String", message);
    out.open("if (" + condition + ")")
        .line("errors.add(i, " + constant + ");")
        .line(refusal)
        .close();
  }
}
