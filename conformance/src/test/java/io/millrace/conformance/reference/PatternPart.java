package io.millrace.conformance.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A part of a random pattern: how it is written, and how waiting for it begins. */
sealed interface PatternPart {
  String sql();

  PatternState state();

  /** The elements in it of which there are events, in the order of the text. */
  List<Element> elements();

  /** One event; each has a name of its own. */
  record Element(String name, String stream, PatternCondition condition, boolean isList)
      implements PatternPart {
    @Override
    public String sql() {
      return name + " = " + unnamed();
    }

    String unnamed() {
      return stream + condition.sql();
    }

    @Override
    public PatternState state() {
      return new PatternLeaves.One(this);
    }

    @Override
    public List<Element> elements() {
      return List.of(this);
    }
  }

  /**
   * No event of an element.
   *
   * @param millis for how long; negative: until the next has come
   */
  record Absence(List<Element> forbidden, long millis) implements PatternPart {
    @Override
    public String sql() {
      String any = forbidden.stream().map(Element::unnamed).collect(Collectors.joining(" OR "));
      String operand = forbidden.size() == 1 ? any : "(" + any + ")";
      return "NOT " + operand + (millis < 0 ? "" : " FOR " + millis + " MS");
    }

    @Override
    public PatternState state() {
      return new PatternLeaves.None(this);
    }

    @Override
    public List<Element> elements() {
      return List.of();
    }
  }

  /**
   * An element min to max times; max is {@link Integer#MAX_VALUE} if there is none.
   *
   * @param isHeld whether a comma follows: even if it is reluctant, it needs what does not fit
   *     there
   */
  record Repeat(
      Element element, int min, int max, boolean isReluctant, boolean isUnbroken, boolean isHeld)
      implements PatternPart {
    @Override
    public String sql() {
      String range = "{" + min + "," + (max == Integer.MAX_VALUE ? "" : max) + "}";
      String quantifier =
          !element.isList()
              ? "?"
              : max < Integer.MAX_VALUE ? range : min == 1 ? "+" : min == 0 ? "*" : range;
      return element.sql() + quantifier + (isReluctant ? "?" : "");
    }

    @Override
    public PatternState state() {
      return new PatternLeaves.Several(this);
    }

    @Override
    public List<Element> elements() {
      return element.elements();
    }
  }

  /** One after the other. */
  record Sequence(List<Step> steps) implements PatternPart {
    @Override
    public String sql() {
      StringBuilder text = new StringBuilder();
      for (Step step : steps) {
        text.append(text.isEmpty() ? "" : step.isNext() ? " , " : " -> ")
            .append(inner(step.part()));
      }
      return text.toString();
    }

    @Override
    public PatternState state() {
      return new PatternSteps(this);
    }

    @Override
    public List<Element> elements() {
      return steps.stream().flatMap(step -> step.part().elements().stream()).toList();
    }
  }

  /** A step of a sequence: with isNext, its first event is the very next one. */
  record Step(PatternPart part, boolean isNext) {}

  /** All sides, or the one that is complete first. */
  record Logical(boolean isAnd, List<PatternPart> sides) implements PatternPart {
    @Override
    public String sql() {
      String word = isAnd ? " AND " : " OR ";
      return sides.stream().map(PatternPart::inner).collect(Collectors.joining(word));
    }

    @Override
    public PatternState state() {
      return isAnd ? new PatternGroups.All(this) : new PatternGroups.Any(this);
    }

    @Override
    public List<Element> elements() {
      return sides.stream().flatMap(side -> side.elements().stream()).toList();
    }
  }

  /** EVERY. */
  record Every(PatternPart operand) implements PatternPart {
    @Override
    public String sql() {
      boolean isGroup = operand instanceof Sequence || operand instanceof Logical;
      return "EVERY " + (isGroup ? "(" + operand.sql() + ")" : inner(operand));
    }

    @Override
    public PatternState state() {
      return new PatternGroups.Repeated(this);
    }

    @Override
    public List<Element> elements() {
      return operand.elements();
    }
  }

  /** Within a time from its first event. */
  record Within(PatternPart operand, long millis) implements PatternPart {
    @Override
    public String sql() {
      return operand.sql() + " WITHIN " + millis + " MS";
    }

    @Override
    public PatternState state() {
      return new PatternGroups.Timed(this);
    }

    @Override
    public List<Element> elements() {
      return operand.elements();
    }
  }

  /** A part inside another one. */
  private static String inner(PatternPart part) {
    boolean isLoose = part instanceof Sequence || part instanceof Within;
    return isLoose ? "(" + part.sql() + ")" : part.sql();
  }

  /** States of several parts. */
  static List<PatternState> states(List<PatternPart> parts) {
    List<PatternState> states = new ArrayList<>();
    parts.forEach(part -> states.add(part.state()));
    return states;
  }
}
