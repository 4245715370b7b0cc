package io.millrace.runtime.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns(new TestCircuit(16).circuit());
  private final List<String> ran = new ArrayList<>();

  @Test
  void shouldRunNestedTurnsBehindTheOuterOneInTheirOrder() {
    turns.run(
        () -> {
          turns.run(
              () -> {
                turns.run(() -> ran.add("third"));
                ran.add("first");
              });
          turns.run(() -> ran.add("second"));
          ran.add("outer");
        });

    assertThat(ran).containsExactly("outer", "first", "second", "third");
    assertThat(turns.isInside()).isFalse();
  }

  @Test
  void shouldRunNestedTurnsWhenOuterOneFails() {
    RuntimeException outer = new IllegalStateException("outer");
    RuntimeException nested = new IllegalStateException("nested");

    Throwable thrown =
        catchThrowable(
            () ->
                turns.run(
                    () -> {
                      turns.run(
                          () -> {
                            throw nested;
                          });
                      turns.run(() -> ran.add("behind"));
                      throw outer;
                    }));

    assertThat(thrown).isSameAs(outer);
    assertThat(thrown.getSuppressed()).containsExactly(nested);
    assertThat(ran).containsExactly("behind");
    turns.run(() -> ran.add("next"));
    assertThat(ran).containsExactly("behind", "next");
  }

  @Test
  void shouldNeverKeepOutWhatWaitsForTheEndOfItsOwnTurn() {
    List<Boolean> taken = new ArrayList<>();
    turns.run(
        () -> {
          taken.add(turns.tryRun(() -> ran.add("nested"), 0));
          ran.add("outer");
        });
    taken.add(turns.tryRun(() -> ran.add("next"), 0));

    assertThat(taken).containsExactly(true, true);
    assertThat(ran).containsExactly("outer", "nested", "next");
    assertThat(turns.isInside()).isFalse();
  }

  @Test
  void shouldRefuseToEnterWhenInsideOfTurn() {
    assertThat(turns.enter()).isTrue();
    try {
      assertThat(turns.isInside()).isTrue();
      assertThat(turns.enter()).isFalse();
      turns.defer(() -> ran.add("deferred"));
      assertThat(ran).isEmpty();
    } finally {
      turns.leave();
    }
    assertThat(ran).containsExactly("deferred");
  }

  @Test
  void shouldRunTurnsOfThreadsOneAfterTheOther() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          new Thread(
              () -> {
                for (int turn = 0; turn < 1000; turn++) {
                  turns.run(() -> ran.add("turn"));
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(ran).hasSize(4000);
  }
}
