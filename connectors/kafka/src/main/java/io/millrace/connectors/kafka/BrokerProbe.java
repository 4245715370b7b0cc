package io.millrace.connectors.kafka;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Finds out why no broker answers: Kafka's clients only say that time has run out. */
final class BrokerProbe {
  private static final int TIMEOUT_MILLIS = 1_000;
  private static final int MOST_ADDRESSES = 3;

  private BrokerProbe() {}

  /**
   * Tries a plain connection to each of the first addresses, at most a second each.
   *
   * @param servers {@code host:port}, separated by commas
   */
  static String describe(String servers) {
    List<String> found = new ArrayList<>();
    for (String address : servers.split(",")) {
      if (found.size() < MOST_ADDRESSES) {
        found.add(probe(address.trim()));
      }
    }
    return String.join("; ", found);
  }

  private static String probe(String address) {
    int colon = address.lastIndexOf(':');
    int port = colon < 0 ? -1 : parsePort(address.substring(colon + 1));
    if (port < 0) {
      return address + " is not host:port";
    }
    String host = address.substring(0, colon).replaceAll("^.*://|[\\[\\]]", "");
    InetSocketAddress target = new InetSocketAddress(host, port);
    if (target.isUnresolved()) {
      return "host " + host + " is unknown";
    }
    try (Socket socket = new Socket()) {
      socket.connect(target, TIMEOUT_MILLIS);
      return address + " accepts connections but does not answer as Kafka should";
    } catch (SocketTimeoutException e) {
      return address + " does not react";
    } catch (ConnectException e) {
      return address + " refuses connections";
    } catch (IOException e) {
      return address + ": " + e.getMessage();
    }
  }

  private static int parsePort(String text) {
    return text.matches("\\d{1,5}") && Integer.parseInt(text) <= 0xFFFF
        ? Integer.parseInt(text)
        : -1;
  }
}
