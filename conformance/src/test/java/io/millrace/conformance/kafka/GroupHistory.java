package io.millrace.conformance.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.coordinator.group.generated.GroupMetadataValue;

/** What a broker has written down of a consumer group: each assignment of its partitions. */
final class GroupHistory {
  /** What keys of records about groups begin with; those of offsets begin otherwise. */
  private static final short OF_GROUP = 2;

  private GroupHistory() {}

  /**
   * An assignment.
   *
   * @param atMillis when the broker had it, by its clock
   * @param members those that have taken part
   */
  record Generation(long atMillis, List<Member> members) {
    Generation {
      members = List.copyOf(members);
    }
  }

  /**
   * A member of a group.
   *
   * @param id the broker's name for it
   * @param sessionMillis after how long a silence the broker takes it for dead
   */
  record Member(String id, int sessionMillis) {}

  /** All assignments so far, in their order; the brokers may have forgotten the first ones. */
  static List<Generation> of(KafkaBroker broker, String group) {
    List<Generation> generations = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        new TestTopic(broker, "__consumer_offsets", 1).readAll()) {
      if (isOf(group, ByteBuffer.wrap(record.key())) && record.value() != null) {
        generations.add(generation(ByteBuffer.wrap(record.value())));
      }
    }
    return generations;
  }

  private static boolean isOf(String group, ByteBuffer key) {
    if (key.getShort() != OF_GROUP) {
      return false;
    }
    byte[] name = new byte[key.getShort()];
    key.get(name);
    return new String(name, UTF_8).equals(group);
  }

  private static Generation generation(ByteBuffer value) {
    short version = value.getShort();
    GroupMetadataValue found = new GroupMetadataValue(new ByteBufferAccessor(value), version);
    return new Generation(
        found.currentStateTimestamp(),
        found.members().stream()
            .map(member -> new Member(member.memberId(), member.sessionTimeout()))
            .toList());
  }
}
