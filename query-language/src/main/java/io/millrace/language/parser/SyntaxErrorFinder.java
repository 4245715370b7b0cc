package io.millrace.language.parser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.PrecedencePredicateTransition;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first token of a statement that no statement of the language can have at its place, and
 * all that could stand there. It follows every path through the grammar's network at once, each
 * with its own stack, so that what it expects is exact; a parser that has failed knows only what
 * the one path expected that it had chosen. (The valid-prefix property of Earley's parser, "An
 * efficient context-free parsing algorithm", 1970, on ANTLR's transition network.)
 */
final class SyntaxErrorFinder {
  /** Where to give up: the errors of such statements are reported less exactly. */
  private static final int MOST_TOKENS = 20_000;

  private static final int MOST_PATHS = 20_000;

  private final ATN network = MillraceParser._ATN;
  private final List<Token> tokens;
  private final Map<FrameKey, Frame> frames = new HashMap<>();
  private int index;
  private boolean tooMuch;

  SyntaxErrorFinder(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * An invocation of a rule.
   *
   * @param rule the rule that was invoked
   * @param start index of the token at which it was
   * @param follow where its caller goes on
   * @param callerPrecedence the caller's level of precedence
   * @param caller null for the first rule
   */
  private record FrameKey(
      int rule, int start, ATNState follow, int callerPrecedence, @Nullable Frame caller) {}

  /** A frame by identity: equal frames are one object, so that comparing them is cheap. */
  static final class Frame {
    private final FrameKey key;

    private Frame(FrameKey key) {
      this.key = key;
    }

    int rule() {
      return key.rule;
    }

    int start() {
      return key.start;
    }

    @Nullable Frame caller() {
      return key.caller;
    }
  }

  private record Path(ATNState state, Frame frame, int precedence) {}

  /** A kind of token that could stand at the error, and the invocation that would take it. */
  record Expected(int type, Frame frame) {}

  /**
   * The error.
   *
   * @param index of the token; the number of tokens for their end
   * @param expected what could stand there
   * @param expectedBefore what could stand at the token before
   */
  record SyntaxError(int index, List<Expected> expected, List<Expected> expectedBefore) {}

  /**
   * The first error of tokens that are known to have one; empty if that is too much to find out.
   */
  Optional<SyntaxError> find() {
    int rule = MillraceParser.RULE_singleStatement;
    ATNState start = network.ruleToStartState[rule];
    Frame bottom = frame(rule, network.ruleToStopState[rule], 0, null);
    List<Path> ready = close(List.of(new Path(start, bottom, 0)));
    List<Path> before = List.of();
    while (index < tokens.size() && index < MOST_TOKENS && !tooMuch) {
      List<Path> next = step(ready, tokens.get(index).getType());
      if (next.isEmpty()) {
        return Optional.of(new SyntaxError(index, expected(ready), expected(before)));
      }
      index++;
      frames.clear();
      before = ready;
      ready = close(next);
    }
    return index < tokens.size() || tooMuch
        ? Optional.empty()
        : Optional.of(new SyntaxError(index, expected(ready), expected(before)));
  }

  private Frame frame(int rule, ATNState follow, int callerPrecedence, @Nullable Frame caller) {
    FrameKey key = new FrameKey(rule, index, follow, callerPrecedence, caller);
    return frames.computeIfAbsent(key, Frame::new);
  }

  /** All paths on from these to where a token is needed. */
  private List<Path> close(List<Path> paths) {
    Set<Path> seen = new HashSet<>(paths);
    Deque<Path> open = new ArrayDeque<>(paths);
    List<Path> ready = new ArrayList<>();
    while (!open.isEmpty() && !tooMuch) {
      tooMuch = seen.size() > MOST_PATHS;
      Path path = open.remove();
      if (path.state instanceof RuleStopState) {
        Frame caller = path.frame.caller();
        if (caller != null) {
          Path after = new Path(path.frame.key.follow, caller, path.frame.key.callerPrecedence);
          if (seen.add(after)) {
            open.add(after);
          }
        }
      } else if (path.state.onlyHasEpsilonTransitions()) {
        for (Transition transition : path.state.getTransitions()) {
          follow(path, transition, seen, open);
        }
      } else {
        ready.add(path);
      }
    }
    return ready;
  }

  private void follow(Path path, Transition transition, Set<Path> seen, Deque<Path> open) {
    Path next;
    if (transition instanceof RuleTransition call) {
      Frame callee = frame(call.ruleIndex, call.followState, path.precedence, path.frame);
      next = new Path(call.target, callee, call.precedence);
    } else if (transition instanceof PrecedencePredicateTransition predicate
        && predicate.precedence < path.precedence) {
      return;
    } else {
      next = new Path(transition.target, path.frame, path.precedence);
    }
    if (seen.add(next)) {
      open.add(next);
    }
  }

  private List<Path> step(List<Path> ready, int type) {
    List<Path> next = new ArrayList<>();
    for (Path path : ready) {
      for (Transition transition : path.state.getTransitions()) {
        if (transition.matches(type, Token.MIN_USER_TOKEN_TYPE, network.maxTokenType)) {
          next.add(new Path(transition.target, path.frame, path.precedence));
        }
      }
    }
    return next;
  }

  private static List<Expected> expected(List<Path> ready) {
    Set<Expected> expected = new LinkedHashSet<>();
    for (Path path : ready) {
      for (Transition transition : path.state.getTransitions()) {
        for (int type : transition.label().toArray()) {
          expected.add(new Expected(type, path.frame));
        }
      }
    }
    return List.copyOf(expected);
  }
}
