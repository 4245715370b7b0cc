package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.CommitPointer;
import io.millrace.spi.connector.JobPart;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.types.DataType;
import io.millrace.spi.types.Field;
import io.millrace.testkit.connector.StreamFixture;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PointerGroupTest {
  private static final StreamFixture STREAM =
      StreamFixture.of(new Field("v", DataType.STRING)).withConnector(new KafkaConnector());
  private static final KafkaOptions SINK =
      KafkaOptions.of(STREAM.with("topic", "out").definition(), "j");
  private static final KafkaErrors ERRORS = KafkaErrors.ofJob("j", SINK);

  private static PointerGroup whole() {
    return group(Optional.empty());
  }

  private static PointerGroup part(int number, int count) {
    return group(
        Optional.of(new JobPart(number, count, STREAM.with("topic", "in, more").definition())));
  }

  private static PointerGroup group(Optional<JobPart> part) {
    return PointerGroup.of(new JobCluster("j", part, "", SINK, ERRORS));
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(PointerGroup... groups) {
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
    long id = 5;
    for (PointerGroup group : groups) {
      all.putAll(group.offsets(new CommitPointer("j", id++, "c0ffee")));
    }
    return all;
  }

  @Test
  void shouldPutThePointerOfAWholeJobOnItsFirstOutput() {
    assertThat(committed(whole()))
        .containsExactly(
            Map.entry(
                new TopicPartition("out", 0), new OffsetAndMetadata(5, "millrace-1 5 c0ffee j")));
    assertThat(whole().find(committed(whole()), ERRORS))
        .contains(new CommitPointer("j", 5, "c0ffee"));
  }

  @Test
  void shouldPutThePointerOfAPartOnItsPartitionOfTheFirstInput() {
    assertThat(committed(part(3, 4)))
        .containsExactly(
            Map.entry(
                new TopicPartition("in", 3),
                new OffsetAndMetadata(5, "millrace-1 5 c0ffee j/3 of 4")));
  }

  @Test
  void shouldFindTheOwnPointerAmongThoseOfOtherParts() {
    Map<TopicPartition, OffsetAndMetadata> all = committed(part(0, 4), part(2, 4), part(3, 4));

    assertThat(part(2, 4).find(all, ERRORS).map(CommitPointer::snapshotId)).contains(6L);
    assertThat(part(1, 4).find(all, ERRORS)).isEmpty();
  }

  @Test
  void shouldRefuseToShareWhatHasRunAsAWhole() {
    assertThatThrownBy(() -> part(0, 4).find(committed(whole()), ERRORS))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'j': it has run without being shared, and its state is kept for all partitions"
                + " together: run it without --shared, or give the job another name");
  }

  @Test
  void shouldRefuseToRunAsAWholeWhatWasShared() {
    assertThatThrownBy(() -> whole().find(committed(part(1, 4)), ERRORS))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'j': it has been shared among processes, and its state is kept by partition: share"
                + " it again (--shared), or give the job another name");
  }

  @Test
  void shouldRefuseAnyPartWhenTheNumberOfPartitionsHasChanged() {
    assertThatThrownBy(() -> part(5, 6).find(committed(part(1, 4)), ERRORS))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "job 'j': the topic of 'Test' has 6 partitions, and had 4 when the job's state was saved:"
                + " keys have moved to other partitions than their state. Give the job another name,"
                + " so that it begins anew");
  }

  @Test
  void shouldRefuseWhatIsNoPointerOfTheJob() {
    Map<TopicPartition, OffsetAndMetadata> other =
        Map.of(
            new TopicPartition("out", 0), new OffsetAndMetadata(5, "millrace-1 5 c0ffee k/3 of 4"));

    assertThatThrownBy(() -> whole().find(other, ERRORS))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("but holds 'millrace-1 5 c0ffee k/3 of 4'");
    assertThatThrownBy(() -> part(3, 4).find(other, ERRORS))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("but holds 'millrace-1 5 c0ffee k/3 of 4'");
  }
}
