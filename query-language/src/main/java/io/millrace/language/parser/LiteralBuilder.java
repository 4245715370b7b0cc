package io.millrace.language.parser;

import io.millrace.language.ast.BooleanLiteral;
import io.millrace.language.ast.DecimalLiteral;
import io.millrace.language.ast.DoubleLiteral;
import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Expression;
import io.millrace.language.ast.IntegerLiteral;
import io.millrace.language.ast.NullLiteral;
import io.millrace.language.ast.StringLiteral;
import io.millrace.language.ast.TemporalKind;
import io.millrace.language.ast.TemporalLiteral;
import io.millrace.spi.error.Span;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** Builds literals, and checks that their values exist. */
final class LiteralBuilder extends MillraceParserBaseVisitor<Expression> {
  private static final int MOST_DIGITS = 1000;
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Pattern INTERVAL_NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");

  private final AstBuilder ast;

  LiteralBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  @Override
  public Expression visitNullLiteral(MillraceParser.NullLiteralContext ctx) {
    return new NullLiteral(ast.span(ctx));
  }

  @Override
  public Expression visitBooleanValue(MillraceParser.BooleanValueContext ctx) {
    return new BooleanLiteral(ctx.TRUE() != null, ast.span(ctx));
  }

  @Override
  public Expression visitStringLiteral(MillraceParser.StringLiteralContext ctx) {
    return string(ctx.STRING().getSymbol());
  }

  StringLiteral string(Token token) {
    return new StringLiteral(unquote(token.getText()), ast.span(token));
  }

  static String unquote(String literal) {
    String quote = literal.substring(0, 1);
    return literal.substring(1, literal.length() - 1).replace(quote + quote, quote);
  }

  @Override
  public Expression visitNumber(MillraceParser.NumberContext ctx) {
    Token token = ctx.getStart();
    Span span = ast.span(token);
    return switch (token.getType()) {
      case MillraceLexer.INTEGER -> integer(token);
      case MillraceLexer.DECIMAL -> new DecimalLiteral(decimal(token), span);
      default -> new DoubleLiteral(doubleValue(token), span);
    };
  }

  IntegerLiteral integer(Token token) {
    return new IntegerLiteral(bigInteger(token), ast.span(token));
  }

  /** The value of digits; 0 after an error. */
  private BigInteger bigInteger(Token token) {
    return checkDigits(token) ? new BigInteger(token.getText()) : BigInteger.ZERO;
  }

  /** The value of digits that must fit an int; 0 after an error. */
  int intValue(Token token) {
    BigInteger value = bigInteger(token);
    if (value.bitLength() > 31) {
      report("number-too-large", ast.span(token), "number '" + token.getText() + "' is too large");
      return 0;
    }
    return value.intValue();
  }

  private BigDecimal decimal(Token token) {
    return checkDigits(token) ? new BigDecimal(token.getText()) : BigDecimal.ZERO;
  }

  private double doubleValue(Token token) {
    double value = checkDigits(token) ? Double.parseDouble(token.getText()) : 0;
    if (Double.isInfinite(value)) {
      report(
          "number-too-large",
          ast.span(token),
          "number '" + token.getText() + "' is too large for a DOUBLE");
    }
    return value;
  }

  private boolean checkDigits(Token token) {
    boolean fits = token.getText().length() <= MOST_DIGITS;
    if (!fits) {
      report(
          "number-too-large", ast.span(token), "number has more than " + MOST_DIGITS + " digits");
    }
    return fits;
  }

  @Override
  public Expression visitTemporalLiteral(MillraceParser.TemporalLiteralContext ctx) {
    TemporalKind kind = TemporalKind.valueOf(ctx.getStart().getText().toUpperCase(Locale.ROOT));
    return new TemporalLiteral(kind, unquote(ctx.STRING().getText()), ast.span(ctx));
  }

  @Override
  public DurationLiteral visitDurationValue(MillraceParser.DurationValueContext ctx) {
    return ctx.STRING() == null ? pairs(ctx) : interval(ctx);
  }

  /** {@code 1 HOUR 30 MINUTES}: units must fall. */
  private DurationLiteral pairs(MillraceParser.DurationValueContext ctx) {
    BigDecimal millis = BigDecimal.ZERO;
    long lastUnit = Long.MAX_VALUE;
    for (MillraceParser.DurationPartContext part : ctx.durationPart()) {
      long unit = unitMillis(part.durationUnit());
      if (unit >= lastUnit) {
        String name = part.durationUnit().getText();
        report(
            "invalid-duration",
            ast.span(part),
            "unit '" + name + "' does not follow a larger one",
            "write the largest unit first, each unit once: 1 HOUR 30 MINUTES");
      }
      lastUnit = unit;
      millis = millis.add(decimal(part.getStart()).multiply(BigDecimal.valueOf(unit)));
    }
    return new DurationLiteral(duration(millis, ctx), ast.span(ctx));
  }

  private DurationLiteral interval(MillraceParser.DurationValueContext ctx) {
    String number = unquote(ctx.STRING().getText()).trim();
    BigDecimal millis = BigDecimal.ZERO;
    if (number.length() <= MOST_DIGITS && INTERVAL_NUMBER.matcher(number).matches()) {
      millis = new BigDecimal(number).multiply(BigDecimal.valueOf(unitMillis(ctx.durationUnit())));
    } else {
      report(
          "invalid-duration",
          ast.span(ctx.STRING().getSymbol()),
          "expected a number in the text of an INTERVAL, found '" + number + "'",
          "write INTERVAL '10' MINUTE, or 10 MINUTES");
    }
    return new DurationLiteral(duration(millis, ctx), ast.span(ctx));
  }

  private Duration duration(BigDecimal millis, ParserRuleContext ctx) {
    if (millis.stripTrailingZeros().scale() > 0) {
      report("invalid-duration", ast.span(ctx), "duration is no whole number of milliseconds");
      return Duration.ZERO;
    }
    if (millis.abs().compareTo(LONGEST) > 0) {
      report("invalid-duration", ast.span(ctx), "duration is too long");
      return Duration.ZERO;
    }
    return Duration.ofMillis(millis.longValue());
  }

  private static long unitMillis(MillraceParser.DurationUnitContext unit) {
    return switch (unit.getStart().getType()) {
      case MillraceLexer.UNIT_DAY -> 86_400_000;
      case MillraceLexer.UNIT_HOUR -> 3_600_000;
      case MillraceLexer.UNIT_MINUTE -> 60_000;
      case MillraceLexer.UNIT_SECOND -> 1_000;
      default -> 1;
    };
  }

  private void report(String code, Span span, String message) {
    ast.diagnostics().report(code, span, message);
  }

  private void report(String code, Span span, String message, String hint) {
    ast.diagnostics().report(code, span, message, hint);
  }
}
