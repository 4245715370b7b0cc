package io.millrace.operators.functions;

import io.millrace.operators.values.Caster;
import io.millrace.operators.values.Casts;
import io.millrace.spi.data.Struct;
import io.millrace.spi.function.Argument;
import io.millrace.spi.function.EvaluationContext;
import io.millrace.spi.function.FunctionCatalog;
import io.millrace.spi.function.FunctionDescriptor;
import io.millrace.spi.function.FunctionParameter;
import io.millrace.spi.function.FunctionResolution;
import io.millrace.spi.function.Match;
import io.millrace.spi.time.Clock;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.spi.types.Widening;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Computes calls of functions with literals, as the examples of functions have them, by reflection:
 * all that the language knows but operators, columns and lambdas.
 */
final class ExampleEvaluator {
  /** A value and its type. */
  record Typed(DataType type, @Nullable Object value) {}

  private static final long NOW = 1_700_000_000_000L;
  private static final Pattern TOKEN =
      Pattern.compile("\\s*('(?:[^']|'')*'|[\\d.]+(?:e-?\\d+)?|[\\w$]+|\\S)");

  private final FunctionCatalog catalog;
  private final EvaluationContext context;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  ExampleEvaluator(FunctionCatalog catalog, String text) {
    this.catalog = catalog;
    context =
        new EvaluationContext(
            new Clock() {
              @Override
              public long millis() {
                return NOW;
              }

              @Override
              public long nanos() {
                return 0;
              }
            },
            ZoneOffset.UTC);
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group(1));
    }
  }

  /** Both sides of {@code a = b}, of a common type; the second is NULL for {@code a IS NULL}. */
  List<Typed> equation() {
    Typed left = expression();
    if (accept("IS")) {
      expect("NULL");
      return List.of(left, new Typed(left.type(), null));
    }
    expect("=");
    Typed right = expression();
    DataType common = Widening.common(left.type(), right.type()).orElseThrow();
    return List.of(convert(left, common), convert(right, common));
  }

  Typed expression() {
    if (accept("-")) {
      return negated(expression());
    }
    String token = tokens.get(at++);
    if (token.startsWith("'")) {
      return new Typed(DataType.STRING, unquoted(token));
    }
    if (Character.isDigit(token.charAt(0))) {
      return number(token);
    }
    return switch (token) {
      case "NULL" -> new Typed(DataType.NULL, null);
      case "TRUE", "FALSE" -> new Typed(DataType.BOOLEAN, token.equals("TRUE"));
      case "ARRAY" -> array(list("[", "]"));
      case "MAP" -> map(list("[", "]"));
      case "STRUCT" -> struct();
      default -> token.equals("INTERVAL") || sees("'") ? time(token) : call(token);
    };
  }

  private static Typed negated(Typed number) {
    if (number.value() instanceof Long value) {
      return new Typed(number.type(), -value);
    }
    return number.value() instanceof BigDecimal value
        ? new Typed(number.type(), value.negate())
        : new Typed(number.type(), -(Double) Objects.requireNonNull(number.value()));
  }

  private Typed time(String type) {
    String text = unquoted(tokens.get(at++));
    return switch (type) {
      case "TIMESTAMP" -> new Typed(DataType.TIMESTAMP, Casts.toTimestamp(text));
      case "DATE" -> new Typed(DataType.DATE, Casts.toDate(text));
      case "TIME" -> new Typed(DataType.TIME, Casts.toTime(text));
      default -> {
        long unit = tokens.get(at++).equals("HOUR") ? 3_600_000 : 60_000;
        yield new Typed(DataType.INTERVAL, Long.parseLong(text) * unit);
      }
    };
  }

  private Typed call(String name) {
    List<Typed> arguments = list("(", ")");
    FunctionResolution resolution =
        catalog.resolve(
            name,
            arguments.stream()
                .map(
                    each ->
                        each.type() == DataType.STRING && each.value() != null
                            ? Argument.constant(each.type(), each.value())
                            : Argument.of(each.type()))
                .toList());
    if (!(resolution instanceof FunctionResolution.Resolved resolved)) {
      throw new AssertionError(resolution.toString());
    }
    Match match = resolved.match();
    for (int i = 0; i < arguments.size(); i++) {
      arguments.set(i, convert(arguments.get(i), match.parameterType(i)));
    }
    return new Typed(
        match.resultType(), invoke(resolved.function(), arguments, match.resultType()));
  }

  private @Nullable Object invoke(
      FunctionDescriptor function, List<Typed> arguments, DataType resultType) {
    List<@Nullable Object> values = new ArrayList<>();
    for (FunctionParameter parameter : function.parameters()) {
      switch (parameter.role()) {
        case CONTEXT -> values.add(context);
        case TYPE -> {
          int index = parameter.argument();
          DataType type = index < 0 ? resultType : arguments.get(index).type();
          values.add(call(parameter.preparedBy().orElseThrow(), type));
        }
        case ARGUMENT -> {
          int last = parameter.repeated() ? arguments.size() : parameter.argument() + 1;
          List<Typed> own = arguments.subList(parameter.argument(), last);
          if (!parameter.nullable() && own.stream().anyMatch(each -> each.value() == null)) {
            return null;
          }
          values.add(value(parameter, own));
        }
      }
    }
    Object result = call(function.method(), values.toArray());
    return result instanceof Integer number ? (Object) (long) number : result;
  }

  private static @Nullable Object value(FunctionParameter parameter, List<Typed> own) {
    if (parameter.repeated()) {
      Object array = Array.newInstance(parameter.carrier(), own.size());
      for (int i = 0; i < own.size(); i++) {
        Array.set(array, i, own.get(i).value());
      }
      return array;
    }
    Object value = own.get(0).value();
    Optional<Method> preparation = parameter.preparedBy();
    return preparation.isPresent() ? call(preparation.get(), value) : value;
  }

  private static @Nullable Object call(Method method, @Nullable Object... arguments) {
    try {
      return method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private List<Typed> list(String open, String close) {
    expect(open);
    List<Typed> elements = new ArrayList<>();
    while (!accept(close)) {
      elements.add(expression());
      accept(",");
    }
    return elements;
  }

  private static Typed array(List<Typed> elements) {
    DataType type = common(elements);
    List<@Nullable Object> values = new ArrayList<>();
    elements.forEach(each -> values.add(convert(each, type).value()));
    return new Typed(DataType.array(type), values);
  }

  private static Typed map(List<Typed> elements) {
    List<Typed> keys = new ArrayList<>();
    List<Typed> values = new ArrayList<>();
    for (int i = 0; i < elements.size(); i += 2) {
      keys.add(elements.get(i));
      values.add(elements.get(i + 1));
    }
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    DataType valueType = common(values);
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i).value(), convert(values.get(i), valueType).value());
    }
    return new Typed(DataType.map(common(keys), valueType), map);
  }

  private Typed struct() {
    expect("(");
    List<Field> fields = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    while (!accept(")")) {
      Typed value = expression();
      expect("AS");
      fields.add(new Field(tokens.get(at++), value.type()));
      values.add(value.value());
      accept(",");
    }
    return new Typed(new DataType.StructOf(fields), Struct.of(values.toArray()));
  }

  private static Typed number(String token) {
    if (token.contains("e")) {
      return new Typed(DataType.DOUBLE, Double.valueOf(token));
    }
    if (token.contains(".")) {
      BigDecimal value = new BigDecimal(token);
      int precision = Math.max(value.precision(), value.scale());
      return new Typed(DataType.decimal(precision, value.scale()), value);
    }
    long value = Long.parseLong(token);
    return new Typed((int) value == value ? DataType.INT : DataType.BIGINT, value);
  }

  private static DataType common(List<Typed> values) {
    return values.stream()
        .map(Typed::type)
        .reduce(DataType.NULL, (a, b) -> Widening.common(a, b).orElseThrow());
  }

  private static Typed convert(Typed value, DataType type) {
    return new Typed(type, Caster.of(value.type(), type).cast(value.value()));
  }

  private static String unquoted(String token) {
    return token.substring(1, token.length() - 1).replace("''", "'");
  }

  private boolean sees(String prefix) {
    return at < tokens.size() && tokens.get(at).startsWith(prefix);
  }

  private boolean accept(String token) {
    boolean found = at < tokens.size() && tokens.get(at).equals(token);
    at += found ? 1 : 0;
    return found;
  }

  private void expect(String token) {
    if (!accept(token)) {
      throw new AssertionError("expected " + token + " at " + tokens.subList(at, tokens.size()));
    }
  }
}
