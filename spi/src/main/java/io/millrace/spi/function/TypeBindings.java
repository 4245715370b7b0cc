package io.millrace.spi.function;

import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Widening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the variables of a signature stand for in one call. Variables that nothing binds are NULL.
 */
final class TypeBindings {
  private final Map<String, DataType> types = new HashMap<>();
  private final Map<String, Integer> sizes = new HashMap<>();

  TypeBindings() {}

  private TypeBindings(TypeBindings source) {
    types.putAll(source.types);
    sizes.putAll(source.sizes);
  }

  TypeBindings copy() {
    return new TypeBindings(this);
  }

  /**
   * Widens the variables of the pattern so that it takes the type.
   *
   * @return false if it cannot; then some variables may be bound already
   */
  boolean bind(TypePattern pattern, DataType type) {
    return pattern.accept(new Binder(type));
  }

  /**
   * Widens for the type of a lambda's body that was typed with the variables as they are. A decimal
   * that has to grow grows to 38 digits at once, so that a body which adds to its own parameter
   * comes to rest.
   */
  boolean bindLambdaResult(TypePattern pattern, DataType type) {
    if (pattern instanceof TypePattern.Variable variable
        && types.get(variable.name()) instanceof DataType.Decimal before
        && bind(pattern, type)) {
      if (types.get(variable.name()) instanceof DataType.Decimal after && !after.equals(before)) {
        types.put(variable.name(), DataType.decimal(DataType.MAX_PRECISION, after.scale()));
      }
      return true;
    }
    return bind(pattern, type);
  }

  /** The type of a pattern that is neither ANY nor a lambda. */
  DataType substitute(TypePattern pattern) {
    return substituteLike(pattern, DataType.NULL);
  }

  /** The type of the pattern with the names of struct fields as {@code shape} has them. */
  DataType substituteLike(TypePattern pattern, DataType shape) {
    return pattern.accept(new Substitution(shape));
  }

  List<DataType> substitute(List<TypePattern> patterns) {
    List<DataType> result = new ArrayList<>();
    for (TypePattern pattern : patterns) {
      result.add(substitute(pattern));
    }
    return result;
  }

  private final class Binder implements TypePatternVisitor<Boolean> {
    private final DataType type;

    Binder(DataType type) {
      this.type = type;
    }

    private boolean isNull() {
      return type == DataType.NULL;
    }

    @Override
    public Boolean visitExact(TypePattern.Exact pattern) {
      return Widening.canWiden(type, pattern.type());
    }

    @Override
    public Boolean visitVariable(TypePattern.Variable pattern) {
      DataType bound = types.getOrDefault(pattern.name(), DataType.NULL);
      Optional<DataType> common = Widening.common(bound, type);
      common.ifPresent(wide -> types.put(pattern.name(), wide));
      return common.isPresent();
    }

    @Override
    public Boolean visitDecimal(TypePattern.DecimalOf pattern) {
      Optional<DataType.Decimal> decimal = Widening.asDecimal(type);
      if (decimal.isEmpty() || !pattern.precision().isVariable()) {
        return isNull();
      }
      DataType wide = decimal.get();
      if (sizes.containsKey(pattern.precision().text())) {
        wide = Widening.common(substitute(pattern), wide).orElseThrow();
      }
      if (wide instanceof DataType.Decimal merged) {
        sizes.put(pattern.precision().text(), merged.precision());
        sizes.put(pattern.scale().text(), merged.scale());
      }
      return true;
    }

    @Override
    public Boolean visitArray(TypePattern.ArrayOf pattern) {
      if (type instanceof DataType.Array array) {
        return bind(pattern.element(), array.element());
      }
      return isNull();
    }

    @Override
    public Boolean visitMap(TypePattern.MapOf pattern) {
      if (type instanceof DataType.MapOf map) {
        return bind(pattern.key(), map.key()) && bind(pattern.value(), map.value());
      }
      return isNull();
    }

    @Override
    public Boolean visitStruct(TypePattern.StructOf pattern) {
      if (!(type instanceof DataType.StructOf struct)
          || struct.fields().size() != pattern.types().size()) {
        return isNull();
      }
      for (int i = 0; i < struct.fields().size(); i++) {
        if (!bind(pattern.types().get(i), struct.fields().get(i).type())) {
          return false;
        }
      }
      return true;
    }

    @Override
    public Boolean visitAny(TypePattern.Any pattern) {
      return true;
    }

    @Override
    public Boolean visitLambda(TypePattern.LambdaOf pattern) {
      return false;
    }

    @Override
    public Boolean visitFromLiteral(TypePattern.FromLiteral pattern) {
      return false;
    }
  }

  private final class Substitution implements TypePatternVisitor<DataType> {
    private final DataType shape;

    Substitution(DataType shape) {
      this.shape = shape;
    }

    @Override
    public DataType visitExact(TypePattern.Exact pattern) {
      return pattern.type();
    }

    @Override
    public DataType visitVariable(TypePattern.Variable pattern) {
      return types.getOrDefault(pattern.name(), DataType.NULL);
    }

    @Override
    public DataType visitDecimal(TypePattern.DecimalOf pattern) {
      int precision = pattern.precision().evaluate(sizes);
      int bounded = Math.max(1, Math.min(DataType.MAX_PRECISION, precision));
      int scale = Math.max(0, Math.min(bounded, pattern.scale().evaluate(sizes)));
      return DataType.decimal(bounded, scale);
    }

    @Override
    public DataType visitArray(TypePattern.ArrayOf pattern) {
      DataType element = shape instanceof DataType.Array array ? array.element() : DataType.NULL;
      return DataType.array(substituteLike(pattern.element(), element));
    }

    @Override
    public DataType visitMap(TypePattern.MapOf pattern) {
      DataType.MapOf like =
          shape instanceof DataType.MapOf map
              ? map
              : new DataType.MapOf(DataType.NULL, DataType.NULL);
      return DataType.map(
          substituteLike(pattern.key(), like.key()), substituteLike(pattern.value(), like.value()));
    }

    @Override
    public DataType visitStruct(TypePattern.StructOf pattern) {
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < pattern.names().size(); i++) {
        boolean named = shape instanceof DataType.StructOf like && i < like.fields().size();
        Field field =
            named
                ? ((DataType.StructOf) shape).fields().get(i)
                : new Field(pattern.names().get(i), DataType.NULL);
        fields.add(new Field(field.name(), substituteLike(pattern.types().get(i), field.type())));
      }
      return new DataType.StructOf(fields);
    }

    @Override
    public DataType visitAny(TypePattern.Any pattern) {
      throw new IllegalArgumentException("ANY has the type of its argument");
    }

    @Override
    public DataType visitLambda(TypePattern.LambdaOf pattern) {
      throw new IllegalArgumentException("a lambda is no value");
    }

    @Override
    public DataType visitFromLiteral(TypePattern.FromLiteral pattern) {
      throw new IllegalArgumentException("the type is in the argument");
    }
  }
}
