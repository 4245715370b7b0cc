package io.millrace.language.parser;

import io.millrace.language.ast.WindowKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** What Siddhi, Esper and PostgreSQL write with characters that the language does not have. */
final class ForeignCharacters {
  /** What is told of a query or an application by an annotation, by its name. */
  private static final Map<String, String> ANNOTATIONS =
      Map.of(
          "info", "a query is named by what it makes: CREATE STREAM name AS SELECT …",
          "name", "a query is named by what it makes: CREATE STREAM name AS SELECT …",
          "app", "leave it out: a script has no name, and SET 'key' = 'value' its settings",
          "source", "say where rows come from behind the columns: WITH (connector = …)",
          "sink", "say where rows go behind the columns: WITH (connector = …)",
          "store", "say where rows are kept behind the columns: WITH (connector = …)",
          "primarykey", "write PRIMARY KEY behind the type of the column");

  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern CALLED = Pattern.compile("(\\w+)\\s*\\(");
  private static final Pattern WINDOW =
      Pattern.compile("(window\\s*[.:]\\s*)?(\\w+)(?:\\s*\\(([^()]*)\\))?");
  private static final Pattern WINDOW_OF_OWN_LINE =
      Pattern.compile("window\\s*[.:]\\s*\\w+\\s*\\(|\\w+\\(");
  private static final Pattern EVENTS = Pattern.compile("[1-9]\\d*");
  private static final Pattern TIME =
      Pattern.compile("[1-9]\\d* ?(ms|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?)");

  /** Esper's name spaces of windows. */
  private static final Set<String> WINDOW_SPACES = Set.of("win", "std", "ext");

  private final String text;
  private final int start;
  private final List<Token> before;

  /**
   * @param start where the character is in the text
   * @param before the tokens of the statement before it
   */
  ForeignCharacters(String text, int start, List<Token> before) {
    this.text = text;
    this.start = start;
    this.before = before;
  }

  Optional<String> findHint() {
    return switch (text.charAt(start)) {
      case '#' -> comment().or(() -> window(wordBefore(1)));
      case ':' -> colon();
      case '@' -> annotation();
      default -> Optional.empty();
    };
  }

  /** A line that begins with it is a comment of other languages, unless a window begins there. */
  private Optional<String> comment() {
    return isFirstOfLine() && !behind(WINDOW_OF_OWN_LINE).lookingAt()
        ? Optional.of("comments begin with --")
        : Optional.empty();
  }

  private boolean isFirstOfLine() {
    int line = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('\r', start)) + 1;
    return text.substring(line, start).isBlank();
  }

  private Matcher behind(Pattern pattern) {
    return pattern.matcher(text).region(start + 1, text.length());
  }

  /** The token so many before, if it is a word; empty otherwise. */
  private String wordBefore(int distance) {
    int index = before.size() - distance;
    String word = index < 0 ? "" : before.get(index).getText();
    return WORD.matcher(word).matches() ? word : "";
  }

  /** The window with the arguments that are given, if they mean the same here. */
  private static String written(WindowKind kind, @Nullable String given) {
    String arguments = given == null ? "" : given.strip();
    String lower = arguments.toLowerCase(Locale.ROOT);
    boolean isSame =
        switch (kind) {
          case LENGTH, LENGTH_BATCH -> EVENTS.matcher(lower).matches();
          case TIME, TIME_BATCH -> TIME.matcher(lower).matches();
          default -> false;
        };
    return isSame ? kind + " (" + arguments + ")" : kind.form();
  }

  private Optional<String> colon() {
    if (text.startsWith("::", start)) {
      return Optional.of("a cast is written CAST(x AS type)");
    }
    String space = wordBefore(1).toLowerCase(Locale.ROOT);
    Matcher call = behind(CALLED);
    boolean isPrefix = !space.isEmpty() && Character.isLetterOrDigit(text.charAt(start - 1));
    if (!isPrefix || !call.lookingAt()) {
      return Optional.empty();
    }
    if (space.equals("timer")) {
      return Optional.of("time in a pattern is written NOT S FOR 10 SECONDS, or WITHIN 10 SECONDS");
    }
    boolean isWindow =
        WINDOW_SPACES.contains(space)
            && before.size() > 1
            && before.get(before.size() - 2).getType() == MillraceLexer.DOT;
    return isWindow
        ? window(wordBefore(3))
        : Optional.of("functions are called without a prefix: " + call.group(1) + "(…)");
  }

  /** {@code stream#window.kind(…)}, {@code stream#kind(…)}, {@code stream.win:kind(…)}. */
  private Optional<String> window(String stream) {
    Matcher window = behind(WINDOW);
    if (!window.lookingAt()) {
      return Optional.empty();
    }
    Optional<WindowKind> kind = WindowForms.find(window.group(2));
    boolean isWindow = window.group(1) != null || (kind.isPresent() && window.group(3) != null);
    String written = kind.map(it -> written(it, window.group(3))).orElse("kind (…)");
    return isWindow
        ? Optional.of(WindowKind.behind(stream.isEmpty() ? "S" : stream, written))
        : Optional.empty();
  }

  /** {@code @name(…)} before a statement. */
  private Optional<String> annotation() {
    Matcher name = behind(WORD);
    return before.isEmpty() && name.lookingAt()
        ? Optional.of(
            ANNOTATIONS.getOrDefault(
                name.group().toLowerCase(Locale.ROOT),
                "there are no annotations; options stand in WITH (key = value)"))
        : Optional.empty();
  }
}
