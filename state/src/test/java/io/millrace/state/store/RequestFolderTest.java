package io.millrace.state.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.state.store.RequestFolder.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestFolderTest {
  @TempDir private Path folder;

  @Test
  void shouldGiveEachItsAnswerAndLeaveNothingBehind() {
    RequestFolder job = new RequestFolder(folder);
    RequestFolder caller = new RequestFolder(folder);
    caller.put("a");
    caller.put("b");

    assertThat(job.open()).containsExactly("a", "b");
    assertThat(caller.take("a")).isEmpty();
    job.answer("b", new Answer(true, "42"));
    job.answer("a", new Answer(false, "it has no power"));

    assertThat(job.open()).isEmpty();
    assertThat(caller.take("a")).contains(new Answer(false, "it has no power"));
    assertThat(caller.take("b")).contains(new Answer(true, "42"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldTellQuestionsFromRequestsForSnapshots() {
    RequestFolder requests = new RequestFolder(folder);
    requests.put("a");
    requests.ask("b", "SELECT 'ö'\nFROM T");

    assertThat(requests.open()).containsExactly("a");
    assertThat(requests.questions()).containsExactly("b");
    assertThat(requests.isOpen("b")).isTrue();
    assertThat(requests.question("b")).contains("SELECT 'ö'\nFROM T");
    requests.answer("b", new Answer(true, "yes\n"));
    assertThat(requests.questions()).isEmpty();
    assertThat(requests.take("b")).contains(new Answer(true, "yes\n"));
    requests.ask("c", "SELECT");
    requests.remove("c");
    assertThat(requests.question("c")).isEmpty();
    requests.remove("a");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldForgetWhatWasAskedOfAnEarlierProcess() {
    RequestFolder requests = new RequestFolder(folder);
    requests.put("a");
    requests.put("b");
    requests.answer("b", new Answer(true, "1"));

    requests.clear();

    assertThat(requests.isOpen("a")).isFalse();
    assertThat(requests.take("b")).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldHaveNothingOpenWhenThereIsNoFolder() {
    assertThat(new RequestFolder(folder.resolve("missing")).open()).isEqualTo(List.of());
  }
}
