package io.millrace.language.parser;

import io.millrace.language.ast.Expression;
import io.millrace.language.ast.NegationExpression;
import io.millrace.language.ast.WindowArgument;
import io.millrace.language.ast.WindowClause;
import io.millrace.language.ast.WindowKind;
import io.millrace.language.ast.WindowParameter;
import io.millrace.spi.error.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Builds windows. */
final class WindowBuilder {
  private final AstBuilder ast;

  WindowBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  WindowClause window(MillraceParser.WindowSpecificationContext ctx) {
    return new WindowClause(
        kind(ctx.windowKind()),
        AstBuilder.map(ctx.windowArgument(), this::argument),
        ast.span(ctx));
  }

  private WindowKind kind(MillraceParser.WindowKindContext ctx) {
    String name = ctx.getText();
    for (WindowKind kind : WindowKind.values()) {
      if (kind.name().equalsIgnoreCase(name)) {
        return kind;
      }
    }
    List<String> known = Arrays.stream(WindowKind.values()).map(WindowKind::name).toList();
    String all = known.stream().collect(Collectors.joining(", ", "the kinds are ", ""));
    ast.diagnostics()
        .report(
            "unknown-window-kind",
            ast.span(ctx),
            "unknown kind of window '" + name + "'",
            NearestName.hint(name, known).orElse(all));
    // The kind that was probably meant, so that its arguments are not called wrong as well.
    return NearestName.find(name, known).map(WindowKind::valueOf).orElse(WindowKind.TIME);
  }

  private WindowArgument argument(MillraceParser.WindowArgumentContext ctx) {
    MillraceParser.WindowParameterContext parameter = ctx.windowParameter();
    if (parameter == null) {
      Expression value = ast.expressions().visit(ctx.expression());
      return new WindowArgument(null, value, ctx.DESC() != null, ast.span(ctx));
    }
    return new WindowArgument(parameter(parameter), value(ctx), false, ast.span(ctx));
  }

  private Expression value(MillraceParser.WindowArgumentContext ctx) {
    if (ctx.durationValue() == null) {
      return ast.literals().integer(ctx.INTEGER().getSymbol());
    }
    Expression duration = ast.literals().visitDurationValue(ctx.durationValue());
    return ctx.MINUS() == null ? duration : new NegationExpression(duration, duration.span());
  }

  private static WindowParameter parameter(MillraceParser.WindowParameterContext ctx) {
    return switch (ctx.getStart().getType()) {
      case MillraceLexer.ADVANCE -> WindowParameter.ADVANCE_BY;
      case MillraceLexer.GRACE -> WindowParameter.GRACE_PERIOD;
      default -> WindowParameter.valueOf(ctx.getText().toUpperCase(Locale.ROOT));
    };
  }
}
