package io.millrace.engine.control;

import io.millrace.engine.Job;
import io.millrace.engine.QueryLimits;
import io.millrace.engine.connect.Plugins;
import io.millrace.engine.control.JobQuestions.JobAnswer;
import io.millrace.runtime.agent.Agent;
import io.millrace.runtime.agent.AgentThread;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.ScriptException;
import io.millrace.spi.time.Clock;
import io.millrace.state.store.RequestFolder;
import io.millrace.state.store.RequestFolder.Answer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the on-demand queries of other processes about what jobs hold that run here, one after
 * the other, on a thread of its own: a question that has to wait keeps nothing else from being
 * done. A job that keeps no snapshots in files cannot be asked.
 */
public final class QuestionDesk implements AutoCloseable {
  /** What one question may take: rows wait meanwhile. */
  static final QueryLimits LIMITS = new QueryLimits(100_000, Duration.ofSeconds(10));

  private static final Logger LOG = LoggerFactory.getLogger(QuestionDesk.class);
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);

  private final Supplier<? extends Collection<Job>> running;
  private final RowsText rows;
  private final Set<Job> silent = new HashSet<>();
  private final AgentThread thread = new AgentThread(new Desk(), true);
  private volatile boolean isClosed;

  /**
   * @param running the jobs, whose snapshots nobody else has open
   * @param plugins the formats in which rows are printed, and the console
   */
  public QuestionDesk(Supplier<? extends Collection<Job>> running, Plugins plugins, Clock clock) {
    this.running = running;
    this.rows = new RowsText(plugins, clock);
  }

  public void start() {
    thread.start();
  }

  /** Answers nothing more. What is being answered is not waited for long. */
  @Override
  public void close() {
    isClosed = true;
    thread.await(LONGEST_CLOSE);
  }

  /** Answers all that is asked now; says how much that was. */
  private int answerAll() {
    int answered = 0;
    Collection<Job> jobs = running.get();
    silent.retainAll(jobs);
    for (Job job : jobs) {
      if (!silent.contains(job)) {
        answered += answerAll(job);
      }
    }
    return answered;
  }

  /** A job goes on whether it can be asked or not. */
  private int answerAll(Job job) {
    try {
      return job.snapshotFolder()
          .map(RequestFolder::new)
          .map(folder -> answerAll(job, folder))
          .orElse(0);
    } catch (MillraceException e) {
      silent.add(job);
      LOG.warn("job '{}' cannot be asked any more: {}", job.name(), e.message());
      return 0;
    }
  }

  private int answerAll(Job job, RequestFolder folder) {
    int answered = 0;
    for (String name : folder.questions()) {
      Question question = folder.question(name).map(Question::of).orElse(null);
      if (question != null && !isClosed) {
        Answer answer = answer(job, question);
        answered++;
        if (folder.isOpen(name)) {
          folder.answer(name, answer);
        }
      }
    }
    return answered;
  }

  private Answer answer(Job job, Question question) {
    try {
      String text = rows.of(job.query(question.query(), LIMITS), question.format());
      return new Answer(true, Question.textOf(new JobAnswer(false, text)));
    } catch (ScriptException e) {
      return new Answer(true, Question.textOf(new JobAnswer(true, e.message())));
    } catch (MillraceException e) {
      return new Answer(false, e.message());
    } catch (OutOfMemoryError | StackOverflowError e) {
      LOG.warn("job '{}' could not answer: {}: {}", job.name(), question.query(), e.toString());
      return new Answer(false, "the answer does not fit into the memory of its process");
    } catch (RuntimeException e) { // a fault of ours is no reason for the others to go unanswered
      LOG.error("job '{}' could not answer: {}", job.name(), question.query(), e);
      return new Answer(false, "internal error: " + e);
    }
  }

  /** Looks for questions. */
  private final class Desk implements Agent {
    @Override
    public String name() {
      return "millrace-questions";
    }

    @Override
    public int doWork() {
      return isClosed ? -1 : answerAll();
    }

    @Override
    public void idle() {
      LockSupport.parkNanos(PACE.toNanos());
    }

    @Override
    public void onEnd(@Nullable Throwable failure) {
      if (failure != null) {
        LOG.error("on-demand queries are not answered any more", failure);
      }
    }
  }
}
