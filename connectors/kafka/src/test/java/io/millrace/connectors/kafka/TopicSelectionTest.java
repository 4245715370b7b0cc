package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSelectionTest {

  @Test
  void shouldNameOneTopicWhenThereIsNoComma() {
    TopicSelection topics = TopicSelection.parse(" trades.eu-1_x ");

    assertThat(topics.names()).containsExactly("trades.eu-1_x");
    assertThat(topics.single()).isEqualTo("trades.eu-1_x");
  }

  @Test
  void shouldNameEachTopicOnceWhenThereAreCommas() {
    assertThat(TopicSelection.parse("a, b,a").names()).containsExactly("a", "b");
  }

  @Test
  void shouldMatchWholeNamesWhenThereAreSlashes() {
    TopicSelection topics = TopicSelection.parse("/trades-.*/");

    assertThat(topics.names()).isEmpty();
    assertThat(topics.pattern().orElseThrow().pattern()).isEqualTo("trades-.*");
    assertThat(topics.describe()).isEqualTo("/trades-.*/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,", "trades*", "..", "über", "a b"})
  void shouldRefuseWhenNameIsNotLegal(String text) {
    assertThatThrownBy(() -> TopicSelection.parse(text))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("is no name of a topic");
  }

  @Test
  void shouldRefuseWhenExpressionIsNotRegular() {
    assertThatThrownBy(() -> TopicSelection.parse("/(/"))
        .isInstanceOf(MillraceException.class)
        .hasMessageStartingWith("option 'topic': '/(/' is no regular expression: ");
  }

  @Test
  void shouldRefuseSeveralTopicsWhenOneIsNeeded() {
    assertThatThrownBy(() -> TopicSelection.parse("a,b").single())
        .isInstanceOf(MillraceException.class)
        .hasMessage("option 'topic' of a sink must name one topic, not 'a, b'");
  }
}
