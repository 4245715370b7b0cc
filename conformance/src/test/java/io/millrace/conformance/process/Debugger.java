package io.millrace.conformance.process;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequestManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has the real command stand still at a step of its work, so that what it is doing then depends
 * neither on chance nor on the speed of the machine. It is started with {@link #option}, and waits
 * until it is told the step.
 */
public final class Debugger implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PACE = Duration.ofMillis(300);

  private final ListeningConnector connector;
  private final Map<String, Connector.Argument> arguments;
  private final String address;

  /** Listens for a process. */
  public Debugger() {
    connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(it -> it.name().equals("com.sun.jdi.SocketListen"))
            .findFirst()
            .orElseThrow();
    arguments = connector.defaultArguments();
    argument("localAddress").setValue("localhost");
    argument("timeout").setValue(Long.toString(PATIENCE.toMillis()));
    try {
      address = connector.startListening(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connector.Argument argument(String name) {
    return Objects.requireNonNull(arguments.get(name));
  }

  /** What the JVM of the process is started with. */
  public String option() {
    return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
  }

  /**
   * Has the process run, and returns when it has come to the last of the steps. All its threads
   * stand still there for ever; to be killed is all that is left to it.
   *
   * @param steps which it must come to one after the other
   * @param meanwhile gives it more to do, again and again until it is there
   * @throws AssertionError if it ends before, or does not come there
   */
  public void hold(RunnerProcess process, List<Step> steps, Runnable meanwhile) {
    try {
      VirtualMachine machine = connector.accept(arguments);
      EventSet stopped = null;
      for (Step step : steps) {
        stopped = await(machine, step, stopped, meanwhile);
      }
    } catch (VMDisconnectedException e) {
      throw new AssertionError("it ended before " + steps + ": " + process.output(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static EventSet await(
      VirtualMachine machine, Step step, @Nullable EventSet before, Runnable meanwhile)
      throws InterruptedException {
    EventRequestManager requests = machine.eventRequestManager();
    requests.deleteAllBreakpoints();
    ClassPrepareRequest loading = requests.createClassPrepareRequest();
    loading.addClassFilter(step.type());
    loading.enable();
    machine.classesByName(step.type()).forEach(it -> stopAt(machine, it, step));
    if (before != null) {
      before.resume();
    }
    int times = 0;
    long start = System.nanoTime();
    while (System.nanoTime() - start < PATIENCE.toNanos()) {
      EventSet events = machine.eventQueue().remove(PACE.toMillis());
      if (events == null) {
        meanwhile.run();
        continue;
      }
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent loaded) {
          stopAt(machine, loaded.referenceType(), step);
        } else if (event instanceof BreakpointEvent come
            && come.thread().name().startsWith(step.thread())) {
          times++;
        }
      }
      if (times == step.times()) {
        return events;
      }
      events.resume();
    }
    throw new AssertionError("it has not come to " + step);
  }

  private static void stopAt(VirtualMachine machine, ReferenceType type, Step step) {
    List<Method> methods =
        type.methodsByName(step.method()).stream().filter(it -> !it.isAbstract()).toList();
    if (methods.isEmpty()) {
      throw new AssertionError("there is no " + step);
    }
    methods.forEach(
        it -> machine.eventRequestManager().createBreakpointRequest(it.location()).enable());
  }

  @Override
  public void close() {
    try {
      connector.stopListening(arguments);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }
}
