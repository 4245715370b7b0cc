package io.millrace.language.analysis;

import io.millrace.language.ast.CallExpression;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.LambdaFunction;
import io.millrace.language.expression.Constant;
import io.millrace.language.expression.FunctionCall;
import io.millrace.language.expression.LambdaExpression;
import io.millrace.language.expression.LambdaParameter;
import io.millrace.language.expression.RowExpression;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowException;
import io.millrace.spi.error.Span;
import io.millrace.spi.function.Argument;
import io.millrace.spi.function.FunctionDescriptor;
import io.millrace.spi.function.FunctionParameter;
import io.millrace.spi.function.FunctionResolution;
import io.millrace.spi.function.Match;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Widening;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Types calls of functions: finds the overload, types lambdas, checks what can be prepared. */
final class FunctionAnalyzer {
  private final AnalysisContext context;
  private final Reporter reporter;
  private final ExpressionAnalyzer expressions;
  private final NameAnalyzer names;

  FunctionAnalyzer(AnalysisContext context, ExpressionAnalyzer expressions, NameAnalyzer names) {
    this.context = context;
    this.reporter = context.reporter();
    this.expressions = expressions;
    this.names = names;
  }

  /** A call that the script writes. */
  RowExpression call(CallExpression call) {
    String name = call.name().name();
    return resolve(name, name, call.arguments(), call.span());
  }

  /** A construct that a function of the catalog does. */
  RowExpression internal(String function, String construct, List<Expression> arguments, Span span) {
    return resolve(function, construct, arguments, span);
  }

  private RowExpression resolve(
      String function, String shown, List<Expression> arguments, Span span) {
    List<RowExpression> values = new ArrayList<>();
    List<Argument> shapes = new ArrayList<>();
    for (Expression argument : arguments) {
      if (argument instanceof LambdaFunction lambda) {
        values.add(Constant.nullOf(DataType.NULL));
        shapes.add(Argument.lambda(lambda.parameters().size()));
        continue;
      }
      RowExpression value = expressions.analyze(argument);
      values.add(value);
      shapes.add(shape(value));
    }
    if (ExpressionAnalyzer.anyFaulty(values)) {
      return Reporter.faulty();
    }
    FunctionResolution resolution = context.catalog().functions().resolve(function, shapes);
    if (resolution instanceof FunctionResolution.Unresolved unresolved) {
      return reporter.error(
          unresolved.code(),
          span,
          unresolved.message().replace("'" + function + "'", "'" + shown + "'"),
          unresolved.hint());
    }
    FunctionResolution.Resolved resolved = (FunctionResolution.Resolved) resolution;
    return apply(resolved.function(), resolved.match(), arguments, values);
  }

  /** What is known of a value when its function is looked for. */
  static Argument shape(RowExpression value) {
    if (value instanceof Constant constant) {
      Object known = constant.value();
      if (known != null) {
        return Argument.constant(constant.type(), known);
      }
    }
    return Argument.of(value.type());
  }

  private RowExpression apply(
      FunctionDescriptor function,
      Match firstMatch,
      List<Expression> arguments,
      List<RowExpression> values) {
    Match match = firstMatch;
    while (match.nextLambda().isPresent()) {
      int index = match.nextLambda().getAsInt();
      LambdaFunction lambda = (LambdaFunction) arguments.get(index);
      RowExpression typed = lambda(lambda, match.lambdaParameterTypes(index));
      if (Reporter.isFaulty(typed)) {
        return typed;
      }
      values.set(index, typed);
      Optional<Match> next = match.withLambdaResult(index, typed.type());
      if (next.isEmpty()) {
        return reporter.error(
            "type-mismatch",
            lambda.body().span(),
            "the lambda must give "
                + match.lambdaResultText(index)
                + ", found "
                + typed.type().sql());
      }
      match = next.get();
    }
    List<RowExpression> widened = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      RowExpression value = values.get(i);
      DataType wanted = match.parameterType(i);
      if (!(value instanceof LambdaExpression) && !Widening.canWiden(value.type(), wanted)) {
        return reporter.error(
            "type-mismatch",
            arguments.get(i).span(),
            "a value of " + value.type().sql() + " would be rounded to " + wanted.sql() + " here",
            "round it where you want it: CAST(… AS " + wanted.sql() + ")");
      }
      widened.add(widen(value, wanted));
    }
    if (!preparesAll(function, widened, arguments)) {
      return Reporter.faulty();
    }
    return new FunctionCall(function, widened, match.resultType());
  }

  private static RowExpression widen(RowExpression value, DataType to) {
    if (value instanceof LambdaExpression lambda) {
      RowExpression body = lambda.body();
      return Widening.canWiden(body.type(), to)
          ? new LambdaExpression(lambda.parameters(), Coercion.widen(body, to))
          : lambda;
    }
    return Coercion.widen(value, to);
  }

  private RowExpression lambda(LambdaFunction lambda, List<DataType> types) {
    List<LambdaParameter> parameters = new ArrayList<>();
    for (int i = 0; i < lambda.parameters().size(); i++) {
      Identifier name = lambda.parameters().get(i);
      LambdaParameter parameter =
          new LambdaParameter(context.nextLambdaParameter(), name.name(), types.get(i));
      parameters.add(parameter);
      names.push(parameter);
    }
    RowExpression body = expressions.analyze(lambda.body());
    parameters.forEach(parameter -> names.pop());
    return Reporter.isFaulty(body) ? body : new LambdaExpression(parameters, body);
  }

  /** Whether patterns and formats that are constants are good ones; what is not is reported. */
  private boolean preparesAll(
      FunctionDescriptor function, List<RowExpression> values, List<Expression> arguments) {
    boolean isGood = true;
    for (FunctionParameter parameter : function.parameters()) {
      boolean isArgument =
          parameter.role() == FunctionParameter.Role.ARGUMENT
              && parameter.argument() >= 0
              && parameter.argument() < values.size();
      if (isArgument
          && parameter.preparedBy().isPresent()
          && values.get(parameter.argument()) instanceof Constant constant) {
        Span span = arguments.get(parameter.argument()).span();
        isGood &= prepares(parameter.preparedBy().get(), constant, span);
      }
    }
    return isGood;
  }

  private boolean prepares(Method method, Constant constant, Span span) {
    if (constant.isNull()) {
      return true;
    }
    try {
      method.invoke(null, constant.value());
      return true;
    } catch (InvocationTargetException e) {
      reporter.error("bad-argument", span, explain(e.getCause()));
      return false;
    } catch (IllegalAccessException | IllegalArgumentException ignored) {
      // A carrier that reflection cannot pass is prepared by compiled code.
      return true;
    }
  }

  /** What functions throw for people is said; anything else only refuses the argument. */
  private static String explain(@Nullable Throwable cause) {
    boolean isForPeople =
        cause instanceof RowException
            || cause instanceof MillraceException
            || cause instanceof ArithmeticException;
    return cause != null && isForPeople
        ? String.valueOf(cause.getMessage())
        : "the argument is not valid here";
  }
}
