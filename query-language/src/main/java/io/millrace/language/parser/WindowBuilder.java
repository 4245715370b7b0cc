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
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds windows. */
final class WindowBuilder {
  /** What kinds are called in Flink SQL, Kafka Streams, Siddhi and Esper. */
  static final Map<String, WindowKind> ELSEWHERE =
      Map.ofEntries(
          Map.entry("TUMBLE", WindowKind.TUMBLING),
          Map.entry("HOP", WindowKind.HOPPING),
          Map.entry("SLIDING", WindowKind.TIME),
          Map.entry("EXTERNALTIME", WindowKind.TIME),
          Map.entry("EXTERNALTIMEBATCH", WindowKind.TIME_BATCH),
          Map.entry("EXT_TIMED", WindowKind.TIME),
          Map.entry("EXT_TIMED_BATCH", WindowKind.TIME_BATCH),
          Map.entry("TIMEBATCH", WindowKind.TIME_BATCH),
          Map.entry("LENGTHBATCH", WindowKind.LENGTH_BATCH),
          Map.entry("TIMELENGTH", WindowKind.TIME_LENGTH),
          Map.entry("FIRSTUNIQUE", WindowKind.FIRST_UNIQUE),
          Map.entry("SORT", WindowKind.SORTED));

  private final AstBuilder ast;

  WindowBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  WindowClause window(MillraceParser.WindowSpecificationContext ctx) {
    Optional<WindowKind> kind = kind(ctx.windowKind());
    return new WindowClause(
        kind.orElse(WindowKind.TIME),
        AstBuilder.map(ctx.windowArgument(), this::argument),
        kind.isEmpty(),
        ast.span(ctx));
  }

  /** The kind; empty after a report if there is none, which says what was probably meant. */
  private Optional<WindowKind> kind(MillraceParser.WindowKindContext ctx) {
    String name = ctx.getText();
    for (WindowKind kind : WindowKind.values()) {
      if (kind.name().equalsIgnoreCase(name)) {
        return Optional.of(kind);
      }
    }
    List<String> known = Arrays.stream(WindowKind.values()).map(WindowKind::name).toList();
    String all = known.stream().collect(Collectors.joining(", ", "the kinds are ", ""));
    Optional<WindowKind> meant =
        Optional.ofNullable(ELSEWHERE.get(name.toUpperCase(Locale.ROOT)))
            .or(() -> NearestName.find(name, known).map(WindowKind::valueOf));
    ast.diagnostics()
        .report(
            "unknown-window-kind",
            ast.span(ctx),
            "unknown kind of window '" + name + "'",
            meant.map(kind -> "did you mean '" + kind + "'?").orElse(all));
    return Optional.empty();
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
    if (ctx.MINUS() == null) {
      return duration;
    }
    return new NegationExpression(duration, ast.span(ctx.MINUS().getSymbol()).to(duration.span()));
  }

  private static WindowParameter parameter(MillraceParser.WindowParameterContext ctx) {
    return switch (ctx.getStart().getType()) {
      case MillraceLexer.ADVANCE -> WindowParameter.ADVANCE_BY;
      case MillraceLexer.GRACE -> WindowParameter.GRACE_PERIOD;
      default -> WindowParameter.valueOf(ctx.getText().toUpperCase(Locale.ROOT));
    };
  }
}
