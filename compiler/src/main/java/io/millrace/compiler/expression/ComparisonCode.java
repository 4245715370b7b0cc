package io.millrace.compiler.expression;

import io.millrace.compiler.code.JavaTypes;
import io.millrace.language.expression.Comparison;
import io.millrace.language.expression.ComparisonOperator;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.InList;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Comparisons and IN. */
final class ComparisonCode {
  private static final int LONGEST_INLINE_LIST = 8;
  private final RowCode row;

  ComparisonCode(RowCode row) {
    this.row = row;
  }

  Fragment write(Comparison comparison) {
    if (Nullability.isNullSafe(comparison)) {
      return distinct(comparison);
    }
    DataType type = comparison.left().type();
    Fragment left = row.value(comparison.left());
    Fragment right = row.value(comparison.right());
    String code = compare(comparison, left, right);
    boolean isPrimitive = type.layout() != Layout.OBJECT;
    return row.strict(
        DataType.BOOLEAN,
        List.of(left, right),
        code,
        isPrimitive ? RowCode.Evaluation.ANYWHERE : RowCode.Evaluation.NOT_NULL);
  }

  private static String compare(Comparison comparison, Fragment left, Fragment right) {
    ComparisonOperator operator = comparison.operator();
    return switch (comparison.left().type().layout()) {
      case BOOLEAN -> booleans(operator, left.code(), right.code());
      case LONG -> "(" + left.code() + " " + java(operator) + " " + right.code() + ")";
      case DOUBLE -> doubles(comparison, left.code(), right.code());
      case OBJECT -> objects(operator, comparison.left().type(), left.code(), right.code());
    };
  }

  private static String booleans(ComparisonOperator operator, String left, String right) {
    return switch (operator) {
      case LESS -> "(!" + left + " & " + right + ")";
      case LESS_OR_EQUAL -> "(!" + left + " | " + right + ")";
      case GREATER -> "(" + left + " & !" + right + ")";
      case GREATER_OR_EQUAL -> "(" + left + " | !" + right + ")";
      default -> "(" + left + " " + java(operator) + " " + right + ")";
    };
  }

  /** Beside a constant that is a number, NaN needs no look of its own: it is greater. */
  private static String doubles(Comparison comparison, String left, String right) {
    ComparisonOperator operator = comparison.operator();
    if (isNumber(comparison.right())) {
      return beside(operator, left, right);
    }
    if (isNumber(comparison.left())) {
      return beside(operator.flipped(), right, left);
    }
    return switch (operator) {
      case LESS -> "DoubleMath.less(" + left + ", " + right + ")";
      case LESS_OR_EQUAL -> "DoubleMath.lessOrEqual(" + left + ", " + right + ")";
      case GREATER -> "DoubleMath.less(" + right + ", " + left + ")";
      case GREATER_OR_EQUAL -> "DoubleMath.lessOrEqual(" + right + ", " + left + ")";
      case NOT_EQUAL, DISTINCT -> "!DoubleMath.equal(" + left + ", " + right + ")";
      case EQUAL, NOT_DISTINCT -> "DoubleMath.equal(" + left + ", " + right + ")";
    };
  }

  private static String beside(ComparisonOperator operator, String value, String number) {
    return switch (operator) {
      case GREATER -> "!(" + value + " <= " + number + ")";
      case GREATER_OR_EQUAL -> "!(" + value + " < " + number + ")";
      default -> "(" + value + " " + java(operator) + " " + number + ")";
    };
  }

  private static boolean isNumber(RowExpression expression) {
    return expression instanceof Constant constant
        && constant.value() instanceof Double value
        && !value.isNaN();
  }

  private static String objects(
      ComparisonOperator operator, DataType type, String left, String right) {
    boolean isEquality =
        operator == ComparisonOperator.EQUAL || operator == ComparisonOperator.NOT_DISTINCT;
    boolean isInequality =
        operator == ComparisonOperator.NOT_EQUAL || operator == ComparisonOperator.DISTINCT;
    if ((isEquality || isInequality) && (type == DataType.STRING || type == DataType.BYTES)) {
      return (isEquality ? "" : "!") + left + ".equals(" + right + ")";
    }
    boolean isNatural =
        type == DataType.STRING || type == DataType.BYTES || type instanceof DataType.Decimal;
    String order =
        isNatural
            ? left + ".compareTo(" + right + ")"
            : "Comparisons.compare(" + left + ", " + right + ")";
    return "(" + order + " " + java(operator) + " 0)";
  }

  private static String java(ComparisonOperator operator) {
    return switch (operator) {
      case EQUAL, NOT_DISTINCT -> "==";
      case NOT_EQUAL, DISTINCT -> "!=";
      case LESS -> "<";
      case LESS_OR_EQUAL -> "<=";
      case GREATER -> ">";
      case GREATER_OR_EQUAL -> ">=";
    };
  }

  private Fragment distinct(Comparison comparison) {
    DataType type = comparison.left().type();
    Fragment left = row.bind(type, row.value(comparison.left()));
    Fragment right = row.bind(comparison.right().type(), row.value(comparison.right()));
    boolean isDistinct = comparison.operator() == ComparisonOperator.DISTINCT;
    if (left.isAlwaysNull() || right.isAlwaysNull()) {
      Fragment other = left.isAlwaysNull() ? right : left;
      return Fragment.of(
          Fragment.operand(isDistinct ? Fragment.negate(other.isNull()) : other.isNull()), 1);
    }
    String code = compare(comparison, left, right);
    String anyNull = RowCode.anyNull(List.of(left, right));
    if (anyNull.equals(Fragment.NEVER)) {
      return Fragment.of(code, 1);
    }
    String ofNulls =
        "(" + left.isNull() + ") " + (isDistinct ? "!=" : "==") + " (" + right.isNull() + ")";
    return Fragment.of("(" + anyNull + " ? " + ofNulls + " : " + code + ")", 2);
  }

  Fragment write(InList list) {
    List<RowExpression> pieces = row.kernel().analysis().pieces(list);
    return pieces.isEmpty() ? whole(list) : pieced(pieces);
  }

  /**
   * All pieces are evaluated, since one may fail; each knows whether the value matches one of its
   * options.
   */
  private Fragment pieced(List<RowExpression> pieces) {
    String found = row.declare("boolean", "false");
    String unknown = row.declare("boolean", "false");
    for (RowExpression piece : pieces) {
      row.line(found + " |= " + row.call(piece, KernelBody.Result.VALUE) + ";");
      row.line(unknown + " |= wasNull;");
    }
    return new Fragment(found, "(" + unknown + " && !" + found + ")", 1, true);
  }

  private Fragment whole(InList list) {
    DataType type = list.value().type();
    List<Constant> constants = new ArrayList<>();
    List<RowExpression> computed = new ArrayList<>();
    boolean hasNull = false;
    for (RowExpression option : list.options()) {
      if (option instanceof Constant constant) {
        if (constant.isNull()) {
          hasNull = true;
        } else {
          constants.add(constant);
        }
      } else {
        computed.add(option);
      }
    }
    Fragment value = row.bind(type, row.value(list.value()));
    if (value.depth() > 0) {
      value = new Fragment(row.declare(JavaTypes.of(type), value.code()), value.isNull(), 0);
    }
    List<String> matches = new ArrayList<>(constantMatches(list, value, type, constants));
    List<Fragment> nulls = new ArrayList<>();
    for (RowExpression option : computed) {
      Fragment fragment = row.bind(type, row.value(option));
      if (fragment.isAlwaysNull()) {
        hasNull = true;
        continue;
      }
      nulls.add(fragment);
      String match = equal(list.value(), option, value, fragment);
      matches.add(
          fragment.isNeverNull()
              ? match
              : "(" + Fragment.negate(fragment.isNull()) + " && " + match + ")");
    }
    String match =
        matches.isEmpty()
            ? "false"
            : matches.stream().collect(Collectors.joining(" || ", "(", ")"));
    return inList(value, match, hasNull ? Fragment.ALWAYS : RowCode.anyNull(nulls));
  }

  /** NULL if the value is, or if nothing matches and some option is NULL. */
  private Fragment inList(Fragment value, String match, String anyOptionNull) {
    if (value.isAlwaysNull()) {
      return Fragment.nullOf(DataType.BOOLEAN);
    }
    String guarded =
        value.isNeverNull() ? match : "(" + Fragment.negate(value.isNull()) + " && " + match + ")";
    if (anyOptionNull.equals(Fragment.NEVER)) {
      return new Fragment(guarded, value.isNull(), 2, true);
    }
    String found = row.declare("boolean", guarded);
    String open =
        anyOptionNull.equals(Fragment.ALWAYS)
            ? "!" + found
            : "(!" + found + " && " + anyOptionNull + ")";
    String unknown = value.isNeverNull() ? open : "(" + value.isNull() + " || " + open + ")";
    return new Fragment(found, row.declare("boolean", unknown), 0, true);
  }

  private List<String> constantMatches(
      InList list, Fragment value, DataType type, List<Constant> constants) {
    if (constants.size() <= LONGEST_INLINE_LIST) {
      List<String> matches = new ArrayList<>();
      for (Constant constant : constants) {
        matches.add(equal(list.value(), constant, value, constantCode(constant)));
      }
      return matches;
    }
    Object set = ConstantSets.of(type, constants);
    String code = row.kernel().constants().of(list, "set", ConstantSets.javaType(type), set);
    return List.of(code + ".contains(" + ConstantSets.key(type, value.code()) + ")");
  }

  private Fragment constantCode(Constant constant) {
    return row.bind(constant.type(), row.value(constant));
  }

  private static String equal(
      RowExpression left, RowExpression right, Fragment leftCode, Fragment rightCode) {
    return compare(new Comparison(ComparisonOperator.EQUAL, left, right), leftCode, rightCode);
  }
}
