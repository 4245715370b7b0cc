package io.millrace.state.store;

import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Requests of other processes to a job, as files beside its snapshots: who may write there may ask.
 * A request for a snapshot is an empty file, a question one that holds it; the job puts an answer
 * in its place, which who asked reads and removes.
 *
 * <pre>
 * who asks               the job
 * put    -> 1f….request  -> open
 * ask    -> 1f….question -> questions   (written as 1f….asking, renamed)
 * take   &lt;- 1f….answer   &lt;- answer      (written as 1f….answering, renamed, then the request goes)
 * </pre>
 *
 * <p>A job that starts forgets what was asked before: who waits and finds neither request nor
 * answer asks again.
 */
public final class RequestFolder {
  private static final String REQUEST = ".request";
  private static final String QUESTION = ".question";
  private static final String UNASKED = ".asking";
  private static final String ANSWER = ".answer";
  private static final String UNFINISHED = ".answering";
  private static final String DONE = "done ";
  private static final String FAILED = "failed ";
  private final Path folder;

  /**
   * @param folder the job's, with its snapshots
   */
  public RequestFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What the job says.
   *
   * @param isDone whether it has done what was asked
   * @param text the result, or why not
   */
  public record Answer(boolean isDone, String text) {}

  /** A name for a request that nobody else has. */
  public static String newName() {
    return HexFormat.of().toHexDigits(new SecureRandom().nextLong());
  }

  /** Asks for a snapshot. */
  public void put(String name) {
    try {
      Files.write(folder.resolve(name + REQUEST), new byte[0], StandardOpenOption.CREATE);
    } catch (IOException e) {
      throw StoreErrors.cannot("ask the job by a file in", folder, e);
    }
  }

  /** Asks a question. */
  public void ask(String name, String question) {
    Path unasked = folder.resolve(name + UNASKED);
    try {
      Files.writeString(unasked, question);
      Files.move(unasked, folder.resolve(name + QUESTION), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw StoreErrors.cannot("ask the job by a file in", folder, e);
    }
  }

  /** Whether a request has been neither answered nor forgotten. */
  public boolean isOpen(String name) {
    return Files.exists(folder.resolve(name + REQUEST))
        || Files.exists(folder.resolve(name + QUESTION));
  }

  /** Takes the answer to a request away, if it is there. */
  public Optional<Answer> take(String name) {
    Path file = folder.resolve(name + ANSWER);
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      remove(name);
      if (text.startsWith(DONE)) {
        return Optional.of(new Answer(true, text.substring(DONE.length())));
      }
      if (text.startsWith(FAILED)) {
        return Optional.of(new Answer(false, text.substring(FAILED.length())));
      }
      throw new MillraceException("the job's answer in '" + file + "' makes no sense: " + text);
    } catch (NoSuchFileException ignored) { // not yet
      return Optional.empty();
    } catch (IOException e) {
      throw StoreErrors.cannot("read the job's answer in", folder, e);
    }
  }

  /** Takes a request back, and an answer that nobody wants any more. */
  public void remove(String name) {
    try {
      for (String ending : List.of(REQUEST, QUESTION, UNASKED, ANSWER)) {
        Files.deleteIfExists(folder.resolve(name + ending));
      }
    } catch (IOException e) {
      throw StoreErrors.cannot("take a request back from", folder, e);
    }
  }

  /** The job's side: the names of all requests for snapshots that have no answer. */
  public List<String> open() {
    return namesOf(REQUEST);
  }

  /** The job's side: the names of all questions that have no answer. */
  public List<String> questions() {
    return namesOf(QUESTION);
  }

  /** The job's side: what a question says; empty if it has been taken back. */
  public Optional<String> question(String name) {
    Path file = folder.resolve(name + QUESTION);
    try {
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException ignored) { // nobody waits for it any more
      return Optional.empty();
    } catch (IOException e) {
      throw StoreErrors.cannot("read a question in", folder, e);
    }
  }

  /** The job's side: answers a request. */
  public void answer(String name, Answer answer) {
    Path unfinished = folder.resolve(name + UNFINISHED);
    try {
      // What cannot be encoded is replaced: values of rows may hold half a character.
      Files.write(
          unfinished,
          ((answer.isDone() ? DONE : FAILED) + answer.text()).getBytes(StandardCharsets.UTF_8));
      Files.move(unfinished, folder.resolve(name + ANSWER), StandardCopyOption.ATOMIC_MOVE);
      Files.deleteIfExists(folder.resolve(name + REQUEST));
      Files.deleteIfExists(folder.resolve(name + QUESTION));
    } catch (IOException e) {
      throw StoreErrors.cannot("answer a request in", folder, e);
    }
  }

  /** The job's side: forgets all requests and answers, before the first is taken. */
  public void clear() {
    try {
      for (String ending : List.of(REQUEST, QUESTION, UNASKED, ANSWER, UNFINISHED)) {
        for (String name : namesOf(ending)) {
          Files.deleteIfExists(folder.resolve(name + ending));
        }
      }
    } catch (IOException e) {
      throw StoreErrors.cannot("remove old requests from", folder, e);
    }
  }

  private List<String> namesOf(String ending) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ending)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        names.add(name.substring(0, name.length() - ending.length()));
      }
    } catch (NoSuchFileException ignored) { // then there are none
      return List.of();
    } catch (IOException e) {
      throw StoreErrors.cannot("look for requests in", folder, e);
    }
    names.sort(null);
    return names;
  }
}
