package io.millrace.engine.control;

import io.millrace.spi.error.MillraceException;
import io.millrace.spi.time.Clock;
import io.millrace.state.store.RequestFolder.Answer;
import io.millrace.state.store.StoredJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Asks jobs that run in other processes what they hold. */
public final class JobQuestions {
  private final StoredJobs stored;
  private final Clock clock;

  /**
   * @param folder the one that holds a folder for each job
   */
  public JobQuestions(Path folder, Clock clock) {
    this.stored = new StoredJobs(folder, null);
    this.clock = clock;
  }

  /**
   * What a job says.
   *
   * @param isRefused whether the query has errors
   * @param text the rows as they are printed, or the errors with their places
   */
  public record JobAnswer(boolean isRefused, String text) {}

  /** The names of the jobs that can be asked if they run, sorted. */
  public List<String> jobs() {
    return stored.names();
  }

  /**
   * Asks a job an on-demand query, and waits for the answer.
   *
   * @param job one of {@link #jobs}
   * @param format the name of the format in which rows are printed; aligned columns if empty
   * @throws MillraceException if it does not run, cannot answer, or the time passes
   */
  public JobAnswer ask(String job, String query, String format, Duration timeout) {
    String question = new Question(format, query).text();
    Answer answer =
        new Awaited(
                stored,
                job,
                (folder, name) -> folder.ask(name, question),
                timeout,
                "has not answered the query")
            .await(clock);
    if (!answer.isDone()) {
      throw new MillraceException("job '" + job + "' gave no answer: " + answer.text());
    }
    return Question.answerOf(answer.text());
  }
}
