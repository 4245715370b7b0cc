package io.millrace.language.parser;

import io.millrace.spi.error.Diagnostics;
import io.millrace.spi.error.NearestName;
import io.millrace.spi.error.SourceText;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source text after its variables have been replaced, which remembers where everything came from:
 * <code>${name}</code> stands for its value, <code>$${</code> for a plain <code>${</code>. Values
 * are not searched for variables again.
 */
final class ExpandedText {
  private static final int MOST_ERRORS = 100;
  private static final Pattern PLACE =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:([\\p{L}_][\\p{L}\\p{N}_.-]*)})?");

  private final SourceText source;
  private final String text;
  private final List<Replacement> replacements;

  private ExpandedText(SourceText source, String text, List<Replacement> replacements) {
    this.source = source;
    this.text = text;
    this.replacements = replacements;
  }

  /**
   * A stretch that was replaced: {@code [start, end)} of the expanded text, {@code [sourceStart,
   * sourceEnd)} of the source.
   */
  private record Replacement(
      int start, int end, int sourceStart, int sourceEnd, boolean isUndefined) {}

  static ExpandedText expand(
      SourceText source, Map<String, String> variables, Diagnostics diagnostics) {
    String original = source.text();
    if (!original.contains("${")) {
      return new ExpandedText(source, original, List.of());
    }
    StringBuilder text = new StringBuilder();
    List<Replacement> replacements = new ArrayList<>();
    Matcher matcher = PLACE.matcher(original);
    int done = 0;
    int errors = 0;
    while (matcher.find()) {
      text.append(original, done, matcher.start());
      done = matcher.end();
      String name = matcher.group(1);
      String value = "${";
      boolean undefined = false;
      if (name != null) {
        undefined = !variables.containsKey(name);
        value = variables.getOrDefault(name, name);
      } else {
        undefined = !matcher.group().startsWith("$$");
      }
      if (undefined && errors++ < MOST_ERRORS) {
        report(source.span(matcher.start(), matcher.end()), name, variables, diagnostics);
      }
      int start = text.length();
      text.append(value);
      replacements.add(
          new Replacement(start, text.length(), matcher.start(), matcher.end(), undefined));
    }
    text.append(original, done, original.length());
    return new ExpandedText(source, text.toString(), replacements);
  }

  private static void report(
      Span span, @Nullable String name, Map<String, String> variables, Diagnostics diagnostics) {
    if (name == null) {
      diagnostics.report(
          "malformed-variable",
          span,
          "'${' begins no variable",
          "write ${name}, or $${ for a plain ${");
      return;
    }
    String hint =
        NearestName.hint(name, variables.keySet())
            .orElse("give it a value; on the command line: --var " + name + "=value");
    diagnostics.report("undefined-variable", span, "variable '" + name + "' has no value", hint);
  }

  String text() {
    return text;
  }

  /** The place in the source from which {@code [start, end)} of this text came. */
  Span span(int start, int end) {
    if (replacements.isEmpty()) {
      return source.span(start, end);
    }
    int sourceStart = toSource(start, false);
    return source.span(sourceStart, Math.max(sourceStart, toSource(end, true)));
  }

  /** Whether a variable without a value stands in {@code [start, end)} of this text. */
  boolean hasUndefined(int start, int end) {
    for (int i = firstEndingBehind(start);
        i < replacements.size() && replacements.get(i).start < end;
        i++) {
      if (replacements.get(i).isUndefined) {
        return true;
      }
    }
    return false;
  }

  private int toSource(int offset, boolean isEnd) {
    int next = firstEndingBehind(isEnd ? offset - 1 : offset);
    if (next < replacements.size()) {
      Replacement r = replacements.get(next);
      if (isEnd ? offset > r.start : offset >= r.start) {
        return isEnd ? r.sourceEnd : r.sourceStart;
      }
    }
    if (next == 0) {
      return offset;
    }
    Replacement before = replacements.get(next - 1);
    return offset - before.end + before.sourceEnd;
  }

  /** The index of the first replacement whose end is greater than {@code offset}. */
  private int firstEndingBehind(int offset) {
    int low = 0;
    int high = replacements.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (replacements.get(middle).end > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
