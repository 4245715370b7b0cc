package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class BrokerProbeTest {

  @Test
  void shouldSayThatItAcceptsWhenSomethingListens() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + server.getLocalPort();

      assertThat(BrokerProbe.describe(address))
          .isEqualTo(address + " accepts connections but does not answer as Kafka should");
    }
  }

  @Test
  void shouldSayThatItRefusesWhenNothingListens() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
    }

    assertThat(BrokerProbe.describe("127.0.0.1:" + port + ", nowhere"))
        .isEqualTo("127.0.0.1:" + port + " refuses connections; nowhere is not host:port");
  }

  @Test
  void shouldSayThatAddressIsWrongWhenPortIsNoNumber() {
    assertThat(BrokerProbe.describe("localhost:x, localhost:70000"))
        .isEqualTo("localhost:x is not host:port; localhost:70000 is not host:port");
  }
}
