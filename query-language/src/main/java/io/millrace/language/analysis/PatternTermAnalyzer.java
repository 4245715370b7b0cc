package io.millrace.language.analysis;

import io.millrace.language.ast.DurationLiteral;
import io.millrace.language.ast.Identifier;
import io.millrace.language.ast.PatternAbsence;
import io.millrace.language.ast.PatternElement;
import io.millrace.language.ast.PatternEvery;
import io.millrace.language.ast.PatternExpression;
import io.millrace.language.ast.PatternExpressionVisitor;
import io.millrace.language.ast.PatternLogical;
import io.millrace.language.ast.PatternRepeat;
import io.millrace.language.ast.PatternSequence;
import io.millrace.language.ast.PatternStep;
import io.millrace.language.ast.PatternWithin;
import io.millrace.language.ast.Quantifier;
import io.millrace.language.plan.PatternTerm;
import io.millrace.spi.error.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the term of a pattern, and notes its elements in the order of the text. Sequences in
 * parentheses become parts of the one around them.
 */
final class PatternTermAnalyzer implements PatternExpressionVisitor<PatternTerm> {
  private final Reporter reporter;
  private final PatternStreams streams;
  private final List<Found> found = new ArrayList<>();
  private final Map<PatternTerm, Span> spans = new IdentityHashMap<>();

  /** The numbers of the elements of earlier steps of the sequences around what is visited. */
  private final List<Integer> before = new ArrayList<>();

  private int repeats;
  private int lists;
  private int options;
  private int everys;
  private boolean isAbsent;

  private record Found(
      PatternElement written,
      int stream,
      boolean isRepeated,
      boolean isAbsent,
      boolean isCertain,
      List<Integer> before) {}

  PatternTermAnalyzer(Reporter reporter, PatternStreams streams) {
    this.reporter = reporter;
    this.streams = streams;
  }

  PatternTerm analyze(PatternExpression pattern) {
    return pattern.accept(this);
  }

  /** Where terms stand, by identity. */
  Map<PatternTerm, Span> spans() {
    return spans;
  }

  /** The elements; those without a name have that of their stream, if no other has it. */
  PatternElements elements() {
    Map<String, Integer> names = new HashMap<>();
    Map<String, Integer> unnamed = new HashMap<>();
    for (Found element : found) {
      if (element.written().name() != null) {
        names.merge(key(element), 1, Integer::sum);
      } else if (!element.isAbsent()) {
        unnamed.merge(key(element), 1, Integer::sum);
      }
    }
    PatternElements elements = new PatternElements();
    for (Found element : found) {
      boolean isNamed = element.written().name() != null;
      if (isNamed && names.getOrDefault(key(element), 0) > 1) {
        names.remove(key(element));
        reporter.error(
            "duplicate-name",
            element.written().span(),
            "two elements of the pattern are called '" + name(element) + "'",
            "give one another name");
      }
      boolean isKnown =
          isNamed
              || (!names.containsKey(key(element))
                  && unnamed.getOrDefault(key(element), 0) <= 1
                  && !(element.isAbsent() && unnamed.containsKey(key(element))));
      elements.add(
          new PatternElements.Element(
              element.written(),
              isKnown ? name(element) : null,
              isKnown ? name(element) : name(element) + "#" + (elements.size() + 1),
              element.stream(),
              element.isRepeated(),
              element.isAbsent(),
              element.isCertain(),
              element.before()));
      if (!isNamed && element.isAbsent()) {
        unnamed.merge(key(element), 1, Integer::sum);
      }
    }
    return elements;
  }

  private static String name(Found element) {
    Identifier name = element.written().name();
    return name == null ? element.written().stream().name() : name.name();
  }

  private static String key(Found element) {
    return name(element).toLowerCase(Locale.ROOT);
  }

  private <T extends PatternTerm> T at(Span span, T term) {
    spans.put(term, span);
    return term;
  }

  /** What stands beside others, which do not see its elements. */
  private PatternTerm apart(PatternExpression pattern) {
    int outside = before.size();
    PatternTerm term = pattern.accept(this);
    before.subList(outside, before.size()).clear();
    return term;
  }

  @Override
  public PatternTerm visitPatternElement(PatternElement pattern) {
    found.add(
        new Found(
            pattern,
            streams.number(pattern.stream()),
            lists > 0 && !isAbsent,
            isAbsent,
            options == 0,
            List.copyOf(before)));
    return at(pattern.span(), new PatternTerm.Event(found.size() - 1));
  }

  @Override
  public PatternTerm visitPatternRepeat(PatternRepeat pattern) {
    Quantifier quantifier = pattern.quantifier();
    Integer max = quantifier.max();
    boolean isList = max == null || max > 1;
    repeats++;
    lists += isList ? 1 : 0;
    options += quantifier.min() == 0 ? 1 : 0;
    PatternTerm operand = apart(pattern.operand());
    repeats--;
    lists -= isList ? 1 : 0;
    options -= quantifier.min() == 0 ? 1 : 0;
    if (max != null && max == 0) {
      reporter.error(
          PatternAnalyzer.CODE,
          quantifier.span(),
          "a repeat takes one event at least, and this takes none",
          "leave it out");
    }
    return at(
        pattern.span(),
        new PatternTerm.Repeat(
            operand,
            quantifier.min(),
            max == null ? PatternTerm.Repeat.UNLIMITED : Math.max(1, max),
            quantifier.isReluctant(),
            false));
  }

  @Override
  public PatternTerm visitPatternAbsence(PatternAbsence pattern) {
    int first = found.size();
    if (areElements(pattern.operand())) {
      isAbsent = true;
      apart(pattern.operand());
      isAbsent = false;
    } else {
      refuse(pattern);
    }
    List<Integer> variables = new ArrayList<>();
    for (int i = first; i < found.size(); i++) {
      variables.add(i);
    }
    DurationLiteral duration = pattern.duration();
    return at(
        pattern.span(),
        new PatternTerm.Absence(
            variables,
            duration == null ? PatternTerm.Absence.UNTIL_NEXT : positive(duration, "NOT … FOR")));
  }

  private void refuse(PatternAbsence pattern) {
    if (pattern.operand() instanceof PatternAbsence inner) {
      reporter.error(
          PatternAnalyzer.CODE,
          inner.span(),
          "NOT stands in front of events that must not come, and this is another NOT",
          "write what must come without NOT");
    } else {
      reporter.unsupported(
          UnsupportedFeature.PATTERN_ABSENCE,
          pattern.operand().span(),
          "write elements, as in NOT (a = A OR b = B) FOR 1 MIN");
    }
  }

  private static boolean areElements(PatternExpression pattern) {
    return pattern instanceof PatternElement
        || (pattern instanceof PatternLogical logical
            && !logical.isAnd()
            && logical.operands().stream().allMatch(PatternTermAnalyzer::areElements));
  }

  private long positive(DurationLiteral duration, String what) {
    if (duration.millis() <= 0) {
      reporter.error(
          PatternAnalyzer.CODE,
          duration.span(),
          what + " takes a positive duration such as 10 SECONDS");
    }
    return Math.max(1, duration.millis());
  }

  @Override
  public PatternTerm visitPatternEvery(PatternEvery pattern) {
    if (everys > 0 || repeats > 0) {
      reporter.unsupported(
          UnsupportedFeature.PATTERN_EVERY,
          pattern.span(),
          everys > 0
              ? "leave one of them out, or let a second pattern read what a first one sends"
              : "write EVERY in front of the whole repeat");
    }
    everys++;
    PatternTerm operand = pattern.operand().accept(this);
    everys--;
    return at(pattern.span(), new PatternTerm.Every(operand));
  }

  @Override
  public PatternTerm visitPatternLogical(PatternLogical pattern) {
    List<PatternTerm> sides = new ArrayList<>();
    options += pattern.isAnd() ? 0 : 1;
    for (PatternExpression operand : pattern.operands()) {
      sides.add(apart(operand));
    }
    options -= pattern.isAnd() ? 0 : 1;
    return at(
        pattern.span(),
        pattern.isAnd() ? new PatternTerm.AllOf(sides) : new PatternTerm.AnyOf(sides));
  }

  @Override
  public PatternTerm visitPatternWithin(PatternWithin pattern) {
    PatternTerm operand = pattern.operand().accept(this);
    return at(
        pattern.span(), new PatternTerm.Within(operand, positive(pattern.duration(), "WITHIN")));
  }

  @Override
  public PatternTerm visitPatternSequence(PatternSequence pattern) {
    int outside = before.size();
    List<PatternTerm.Step> steps = new ArrayList<>();
    addStep(pattern.first(), false, steps);
    for (PatternStep step : pattern.steps()) {
      addStep(step.pattern(), step.isStrict(), steps);
    }
    before.subList(outside, before.size()).clear();
    if (steps.size() == 1) {
      return steps.get(0).term();
    }
    for (int i = 0; i < steps.size(); i++) {
      PatternTerm.Step step = steps.get(i);
      boolean isFollowed = i + 1 < steps.size() && steps.get(i + 1).isNext();
      if (step.isNext() || isFollowed) {
        steps.set(
            i,
            new PatternTerm.Step(unbroken(step.term(), step.isNext(), isFollowed), step.isNext()));
      }
    }
    return at(pattern.span(), new PatternTerm.Sequence(steps));
  }

  private void addStep(PatternExpression pattern, boolean isNext, List<PatternTerm.Step> steps) {
    int first = found.size();
    PatternTerm term = apart(pattern);
    for (int i = first; i < found.size(); i++) {
      if (!found.get(i).isAbsent()) {
        before.add(i);
      }
    }
    List<PatternTerm.Step> added =
        term instanceof PatternTerm.Sequence inner
            ? inner.steps()
            : List.of(new PatternTerm.Step(term, false));
    for (int i = 0; i < added.size(); i++) {
      PatternTerm.Step step = added.get(i);
      boolean followsDirectly = i == 0 ? isNext : step.isNext();
      if (!united(step.term(), followsDirectly, steps)) {
        steps.add(new PatternTerm.Step(step.term(), followsDirectly));
      }
    }
  }

  /** Makes one of two absences that the same event ends. */
  private boolean united(PatternTerm term, boolean isNext, List<PatternTerm.Step> steps) {
    int last = steps.size() - 1;
    if (isNext
        || last < 0
        || !(term instanceof PatternTerm.Absence second)
        || second.isTimed()
        || !(steps.get(last).term() instanceof PatternTerm.Absence first)
        || first.isTimed()) {
      return false;
    }
    List<Integer> variables = new ArrayList<>(first.variables());
    variables.addAll(second.variables());
    PatternTerm both =
        at(
            spanOf(first).to(spanOf(second)),
            new PatternTerm.Absence(variables, PatternTerm.Absence.UNTIL_NEXT));
    steps.set(last, new PatternTerm.Step(both, steps.get(last).isNext()));
    return true;
  }

  private Span spanOf(PatternTerm term) {
    return spans.getOrDefault(term, Span.NONE);
  }

  /**
   * A term next to a comma: its repeat takes no events with others between them.
   *
   * @param atStart whether the comma stands before it
   * @param atEnd whether one stands behind it
   */
  private PatternTerm unbroken(PatternTerm term, boolean atStart, boolean atEnd) {
    PatternTerm other = term;
    if (term instanceof PatternTerm.Repeat repeat) {
      other =
          new PatternTerm.Repeat(
              repeat.term(), repeat.min(), repeat.max(), repeat.isReluctant(), true);
    } else if (term instanceof PatternTerm.Every every) {
      other = new PatternTerm.Every(unbroken(every.term(), atStart, atEnd));
    } else if (term instanceof PatternTerm.Within within) {
      other = new PatternTerm.Within(unbroken(within.term(), atStart, atEnd), within.millis());
    } else if (term instanceof PatternTerm.AnyOf any) {
      other =
          new PatternTerm.AnyOf(
              any.sides().stream().map(side -> unbroken(side, atStart, atEnd)).toList());
    } else if (term instanceof PatternTerm.Sequence sequence) {
      List<PatternTerm.Step> steps = new ArrayList<>(sequence.steps());
      int last = steps.size() - 1;
      if (atStart) {
        steps.set(0, new PatternTerm.Step(unbroken(steps.get(0).term(), true, false), false));
      }
      if (atEnd) {
        PatternTerm.Step step = steps.get(last);
        steps.set(last, new PatternTerm.Step(unbroken(step.term(), false, true), step.isNext()));
      }
      other = new PatternTerm.Sequence(steps);
    }
    return at(spanOf(term), other);
  }
}
