package io.millrace.connectors.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.spi.connector.ExchangeSink;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes records to an internal topic with the producer of the interval that is being written. */
final class KafkaExchangeSink implements ExchangeSink {
  private final String topic;
  private final byte[] sender;
  private final Supplier<RecordSender> current;

  /**
   * @param part the number of the part that sends
   * @param current gives the sender of the interval, and fails if there is none
   */
  KafkaExchangeSink(String topic, int part, Supplier<RecordSender> current) {
    this.topic = topic;
    this.sender = Integer.toString(part).getBytes(US_ASCII);
    this.current = current;
  }

  @Override
  public void send(int part, byte[] record) {
    current.get().send(new ProducerRecord<>(topic, part, sender, record));
  }
}
