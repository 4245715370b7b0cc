package io.millrace.spi.function;

import io.millrace.spi.types.DataType;
import java.util.List;

/** A type in a signature: it may have variables that a call binds. {@code text} is how it reads. */
sealed interface TypePattern {

  String text();

  <R> R accept(TypePatternVisitor<R> visitor);

  /** A type without variables. */
  record Exact(DataType type) implements TypePattern {
    @Override
    public String text() {
      return type.sql();
    }

    @Override
    public <R> R accept(TypePatternVisitor<R> visitor) {
      return visitor.visitExact(this);
    }
  }

  /** A type variable: the common type of everything that it stands for. */
  record Variable(String name) implements TypePattern {
    @Override
    public String text() {
      return name;
    }

    @Override
    public <R> R accept(TypePatternVisitor<R> visitor) {
      return visitor.visitVariable(this);
    }
  }

  /** A decimal whose sizes are variables, or in a result computed from them. */
  record DecimalOf(Size precision, Size scale) implements TypePattern {
    @Override
    public String text() {
      return "DECIMAL(" + precision.text() + "," + scale.text() + ")";
    }

    @Override
    public <R> R accept(TypePatternVisitor<R> visitor) {
      return visitor.visitDecimal(this);
    }
  }

  /** An array. */
  record ArrayOf(TypePattern element) implements TypePattern {
    @Override
    public String text() {
      return "ARRAY<" + element.text() + ">";
    }

    @Override
    public <R> R accept(TypePatternVisitor<R> visitor) {
      return visitor.visitArray(this);
    }
  }

  /** A map. */
  record MapOf(TypePattern key, TypePattern value) implements TypePattern {
    @Override
    public String text() {
      return "MAP<" + key.text() + ", " + value.text() + ">";
    }

    @Override
    public <R> R accept(TypePatternVisitor<R> visitor) {
      return visitor.visitMap(this);
    }
  }

  /** A struct; in a parameter its fields match by position. */
  record StructOf(List<String> names, List<TypePattern> types) implements TypePattern {
    @Override
    public String text() {
      StringBuilder text = new StringBuilder("STRUCT<");
      for (int i = 0; i < names.size(); i++) {
        text.append(i > 0 ? ", " : "").append(names.get(i)).append(' ').append(types.get(i).text());
      }
      return text.append('>').toString();
    }

    @Override
    public <R> R accept(TypePatternVisitor<R> visitor) {
      return visitor.visitStruct(this);
    }
  }

  /** Every type, as it comes. Only as a parameter. */
  record Any() implements TypePattern {
    @Override
    public String text() {
      return "ANY";
    }

    @Override
    public <R> R accept(TypePatternVisitor<R> visitor) {
      return visitor.visitAny(this);
    }
  }

  /** A lambda. Only as a parameter. */
  record LambdaOf(List<TypePattern> parameters, TypePattern result) implements TypePattern {
    @Override
    public String text() {
      return "(" + texts(parameters) + ") -> " + result.text();
    }

    @Override
    public <R> R accept(TypePatternVisitor<R> visitor) {
      return visitor.visitLambda(this);
    }
  }

  /** The type that the constant text of an argument names, counted from 1. Only as a result. */
  record FromLiteral(int argument) implements TypePattern {
    @Override
    public String text() {
      return "the type that argument " + argument + ", a constant, names";
    }

    @Override
    public <R> R accept(TypePatternVisitor<R> visitor) {
      return visitor.visitFromLiteral(this);
    }
  }

  static String texts(List<TypePattern> patterns) {
    StringBuilder text = new StringBuilder();
    for (TypePattern pattern : patterns) {
      text.append(text.isEmpty() ? "" : ", ").append(pattern.text());
    }
    return text.toString();
  }
}
