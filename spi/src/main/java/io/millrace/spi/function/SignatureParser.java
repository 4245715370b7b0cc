package io.millrace.spi.function;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.TypeParser;
import io.millrace.spi.types.TypeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the text of {@link ScalarFunction#signature}. */
final class SignatureParser {
  private static final Set<String> VARIABLES = Set.of("T", "U", "K", "V");

  private final TypeScanner scanner;
  private final List<TypePattern> parameters = new ArrayList<>();
  private boolean variadic;

  private SignatureParser(TypeScanner scanner) {
    this.scanner = scanner;
  }

  static FunctionSignature parse(String text) {
    TypeScanner scanner = new TypeScanner(text);
    return new SignatureParser(scanner).signature();
  }

  private FunctionSignature signature() {
    scanner.expect("(");
    while (!scanner.accept(")")) {
      if (!parameters.isEmpty()) {
        scanner.expect(",");
      }
      if (variadic) {
        throw new MillraceException("only the last parameter may be repeated");
      }
      parameters.add(parameter());
      variadic = scanner.accept("...");
    }
    scanner.expect("->");
    TypePattern result = scanner.accept("FROM_LITERAL") ? fromLiteral() : type(false);
    scanner.expectEnd();
    return new FunctionSignature(parameters, variadic, result);
  }

  private TypePattern parameter() {
    if (scanner.accept("ANY")) {
      return new TypePattern.Any();
    }
    if (!scanner.accept("(")) {
      return type(true);
    }
    List<TypePattern> lambdaParameters = new ArrayList<>();
    do {
      lambdaParameters.add(type(false));
    } while (scanner.accept(","));
    scanner.expect(")");
    scanner.expect("->");
    if (lambdaParameters.size() > 2) {
      throw new MillraceException("a lambda has one or two parameters");
    }
    return new TypePattern.LambdaOf(lambdaParameters, type(false));
  }

  private TypePattern fromLiteral() {
    scanner.expect("(");
    int argument = scanner.number();
    scanner.expect(")");
    if (argument < 1
        || argument > parameters.size()
        || !parameters.get(argument - 1).equals(new TypePattern.Exact(DataType.STRING))) {
      throw new MillraceException("FROM_LITERAL must name a STRING parameter, counted from 1");
    }
    return new TypePattern.FromLiteral(argument);
  }

  private TypePattern type(boolean inParameter) {
    if (scanner.accept("ARRAY")) {
      scanner.expect("<");
      TypePattern element = type(inParameter);
      scanner.expect(">");
      return new TypePattern.ArrayOf(element);
    }
    if (scanner.accept("MAP")) {
      scanner.expect("<");
      TypePattern key = type(inParameter);
      scanner.expect(",");
      TypePattern value = type(inParameter);
      scanner.expect(">");
      return new TypePattern.MapOf(key, value);
    }
    if (scanner.accept("STRUCT")) {
      return struct(inParameter);
    }
    if (scanner.accept("DECIMAL")) {
      return decimal(inParameter);
    }
    MillraceException unknown = scanner.expected("a type");
    String name = scanner.word("a type").toUpperCase(Locale.ROOT);
    if (VARIABLES.contains(name)) {
      return new TypePattern.Variable(name);
    }
    return new TypePattern.Exact(TypeParser.findSimple(name).orElseThrow(() -> unknown));
  }

  private TypePattern struct(boolean inParameter) {
    scanner.expect("<");
    List<String> names = new ArrayList<>();
    List<TypePattern> types = new ArrayList<>();
    do {
      names.add(scanner.word("the name of a field"));
      types.add(type(inParameter));
    } while (scanner.accept(","));
    scanner.expect(">");
    return new TypePattern.StructOf(List.copyOf(names), List.copyOf(types));
  }

  private TypePattern decimal(boolean inParameter) {
    scanner.expect("(");
    Size precision = size();
    scanner.expect(",");
    Size scale = size();
    scanner.expect(")");
    if (inParameter && !(precision.isVariable() && scale.isVariable())) {
      throw new MillraceException(
          "the sizes of a DECIMAL parameter must be variables, such as DECIMAL(p,s)");
    }
    return new TypePattern.DecimalOf(precision, scale);
  }

  private Size size() {
    Size size = sizeTerm();
    while (true) {
      if (scanner.accept("+")) {
        size = size.plus(sizeTerm());
      } else if (scanner.accept("-")) {
        size = size.minus(sizeTerm());
      } else {
        return size;
      }
    }
  }

  private Size sizeTerm() {
    if (scanner.seesNumber()) {
      return Size.number(scanner.number());
    }
    String name = scanner.word("a number or a variable").toLowerCase(Locale.ROOT);
    if (!name.equals("min") && !name.equals("max")) {
      return Size.variable(name);
    }
    scanner.expect("(");
    Size a = size();
    scanner.expect(",");
    Size b = size();
    scanner.expect(")");
    return name.equals("min") ? Size.min(a, b) : Size.max(a, b);
  }
}
