package io.millrace.operators.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * What a pattern waits for, as a list of instructions. The first one is the whole pattern; each
 * names those that it is made of, which stand behind it.
 *
 * <pre>
 * 0 EVERY 1             EVERY (a = A -> NOT B FOR 1 MIN)
 * 1 SEQUENCE 2 3
 * 2 EVENT v0
 * 3 ABSENCE v1 60000 ms
 * </pre>
 */
public record PatternProgram(List<Instruction> instructions) {
  /** How many variables a pattern may have at most, and how many of each other thing. */
  public static final int MOST = 60;

  /** In place of a greatest number of repetitions. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** In place of a duration: until what stands beside or behind it is complete. */
  public static final long UNTIL_NEXT = -1;

  public PatternProgram {
    instructions = List.copyOf(instructions);
  }

  /** What an instruction waits for. */
  public enum Kind {
    /** An event that fits a variable. */
    EVENT,
    /** That no event comes that fits one of some variables, for a time or until what is next. */
    ABSENCE,
    /** Its parts, one after the other. */
    SEQUENCE,
    /** All of its parts, in any order. */
    ALL_OF,
    /** The first of its parts that is complete. */
    ANY_OF,
    /** Its part, so and so many times. */
    REPEAT,
    /** Its part, and again for another attempt as soon as it is complete. */
    EVERY,
    /** Its part, within a time from its first event. */
    WITHIN
  }

  /**
   * One instruction.
   *
   * @param parts the instructions that it is made of
   * @param isNext whether it is a step of a sequence whose first event is the very next one
   * @param variables of {@link Kind#EVENT} one, of {@link Kind#ABSENCE} one or more
   * @param min of {@link Kind#REPEAT}: how many times at least
   * @param max of {@link Kind#REPEAT}: how many times at most, or {@link #UNLIMITED}
   * @param isReluctant of {@link Kind#REPEAT}: whether it takes no more than it must
   * @param isUnbroken of {@link Kind#REPEAT}: whether no other event may come between
   * @param millis of {@link Kind#WITHIN} and {@link Kind#ABSENCE}: how long, or {@link #UNTIL_NEXT}
   */
  public record Instruction(
      Kind kind,
      List<Integer> parts,
      boolean isNext,
      List<Integer> variables,
      long min,
      long max,
      boolean isReluctant,
      boolean isUnbroken,
      long millis) {
    public Instruction {
      parts = List.copyOf(parts);
      variables = List.copyOf(variables);
    }

    /** One without numbers. */
    public static Instruction of(Kind kind, List<Integer> parts, List<Integer> variables) {
      return new Instruction(kind, parts, false, variables, 1, 1, false, false, UNTIL_NEXT);
    }

    /** One that takes a time, or waits for the next. */
    public static Instruction timed(
        Kind kind, List<Integer> parts, List<Integer> variables, long millis) {
      return new Instruction(kind, parts, false, variables, 1, 1, false, false, millis);
    }

    /** The same as a step whose first event is the very next one. */
    public Instruction asNext() {
      return new Instruction(
          kind, parts, true, variables, min, max, isReluctant, isUnbroken, millis);
    }

    /** Whether it is an absence that a duration ends. */
    boolean isTimedAbsence() {
      return kind == Kind.ABSENCE && millis != UNTIL_NEXT;
    }

    /** Whether it is an absence that what is next ends. */
    boolean isGuard() {
      return kind == Kind.ABSENCE && millis == UNTIL_NEXT;
    }

    @Override
    public String toString() {
      List<String> words = new ArrayList<>();
      words.add((isNext ? ", " : "") + kind);
      parts.forEach(part -> words.add(String.valueOf(part)));
      variables.forEach(variable -> words.add("v" + variable));
      if (kind == Kind.REPEAT) {
        String most = max == UNLIMITED ? "" : String.valueOf(max);
        words.add("{" + min + "," + most + "}" + (isReluctant ? "?" : ""));
      }
      if (isUnbroken) {
        words.add("unbroken");
      }
      if (millis != UNTIL_NEXT) {
        words.add(millis + " ms");
      }
      return String.join(" ", words);
    }
  }

  /** The instructions, one to a line. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < instructions.size(); i++) {
      lines.add(i + " " + instructions.get(i));
    }
    return String.join("\n", lines);
  }
}
