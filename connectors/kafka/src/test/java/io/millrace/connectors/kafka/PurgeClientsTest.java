package io.millrace.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class PurgeClientsTest {
  private static final Map<String, Object> ONE = Map.of("client.id", "one");
  private static final Map<String, Object> OTHER = Map.of("client.id", "other");

  private final List<String> calls = new ArrayList<>();
  private final PurgeClients clients = new PurgeClients(this::open);

  /** A client that notes its beginning and its end. */
  private Admin open(Map<String, Object> settings) {
    calls.add("open " + settings.get("client.id"));
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (proxy, method, arguments) -> {
              calls.add(method.getName() + " " + settings.get("client.id"));
              return null;
            });
  }

  @Test
  void shouldOpenOneClientForAllWhoseSettingsAreTheSame() {
    Admin first = clients.use(ONE);

    assertThat(clients.use(ONE)).isSameAs(first);
    assertThat(clients.use(OTHER)).isNotSameAs(first);
    assertThat(calls).containsExactly("open one", "open other");
  }

  @Test
  void shouldEndAClientWithItsLastUser() {
    clients.use(ONE);
    clients.use(ONE);
    clients.release(ONE);
    assertThat(calls).containsExactly("open one");

    clients.release(ONE);
    clients.use(ONE);
    assertThat(calls).containsExactly("open one", "close one", "open one");
  }

  @Test
  void shouldRefuseToEndWhatNobodyUses() {
    assertThatThrownBy(() -> clients.release(ONE)).isInstanceOf(IllegalStateException.class);
  }
}
