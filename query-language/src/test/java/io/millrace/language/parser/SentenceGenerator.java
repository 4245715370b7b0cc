package io.millrace.language.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.atn.RuleStopState;
import org.antlr.v4.runtime.atn.RuleTransition;
import org.antlr.v4.runtime.atn.Transition;

/**
 * Random statements of the grammar: random walks through its network, which take the shortest way
 * home when they have become long.
 */
final class SentenceGenerator {
  private static final ATN NETWORK = MillraceParser._ATN;
  private static final int FAR = 1_000_000;
  private static final int[] TO_END = lengthsToEnd();

  private final Random random;
  private final List<String> words = new ArrayList<>();
  private int budget;

  SentenceGenerator(Random random) {
    this.random = random;
  }

  String statement(int length) {
    words.clear();
    budget = length;
    walk(MillraceParser.RULE_statement);
    return String.join(" ", words);
  }

  private void walk(int rule) {
    ATNState state = NETWORK.ruleToStartState[rule];
    while (!(state instanceof RuleStopState)) {
      Transition transition = choose(state);
      if (transition instanceof RuleTransition call) {
        walk(call.ruleIndex);
        state = call.followState;
      } else {
        if (!transition.isEpsilon()) {
          int[] types = transition.label().toArray();
          words.add(word(types[random.nextInt(types.length)]));
          budget--;
        }
        state = transition.target;
      }
    }
  }

  private Transition choose(ATNState state) {
    Transition[] transitions = state.getTransitions();
    if (budget > 0) {
      return transitions[random.nextInt(transitions.length)];
    }
    Transition best = transitions[0];
    for (Transition transition : transitions) {
      if (length(transition) < length(best)) {
        best = transition;
      }
    }
    return best;
  }

  private String word(int type) {
    return switch (type) {
      case MillraceLexer.IDENTIFIER -> random.nextBoolean() ? "a" : "Größe";
      case MillraceLexer.QUOTED_IDENTIFIER -> "`a ``b`";
      case MillraceLexer.STRING -> random.nextBoolean() ? "'it''s'" : "\"x\"";
      case MillraceLexer.INTEGER -> Integer.toString(random.nextInt(10));
      case MillraceLexer.DECIMAL -> "1.5";
      case MillraceLexer.DOUBLE -> "1e3";
      case MillraceLexer.UNIT_DAY -> "DAYS";
      case MillraceLexer.UNIT_HOUR -> "h";
      case MillraceLexer.UNIT_MINUTE -> "min";
      case MillraceLexer.UNIT_SECOND -> "SEC";
      case MillraceLexer.UNIT_MILLISECOND -> "ms";
      case MillraceLexer.EQUAL -> "==";
      case MillraceLexer.NOT_EQUAL -> "<>";
      case MillraceLexer.ELLIPSIS -> "...";
      default -> {
        String literal = MillraceLexer.VOCABULARY.getLiteralName(type);
        yield literal.substring(1, literal.length() - 1);
      }
    };
  }

  /** How many tokens each state is from the end of its rule, by the shortest way. */
  private static int[] lengthsToEnd() {
    int[] lengths = new int[NETWORK.states.size()];
    Arrays.fill(lengths, FAR);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (ATNState state : NETWORK.states) {
        int length = state instanceof RuleStopState ? 0 : FAR;
        for (Transition transition : state.getTransitions()) {
          if (!(state instanceof RuleStopState)) {
            length = Math.min(length, length(transition, lengths));
          }
        }
        changed |= length < lengths[state.stateNumber];
        lengths[state.stateNumber] = length;
      }
    }
    return lengths;
  }

  private static int length(Transition transition) {
    return length(transition, TO_END);
  }

  private static int length(Transition transition, int[] lengths) {
    if (transition instanceof RuleTransition call) {
      return Math.min(
          FAR, lengths[call.target.stateNumber] + lengths[call.followState.stateNumber] + 1);
    }
    boolean isEnd = !transition.isEpsilon() && transition.label().contains(Token.EOF);
    int own = transition.isEpsilon() ? 0 : 2;
    return isEnd ? FAR : Math.min(FAR, own + lengths[transition.target.stateNumber]);
  }
}
