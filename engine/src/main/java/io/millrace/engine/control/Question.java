package io.millrace.engine.control;

import io.millrace.engine.control.JobQuestions.JobAnswer;

/**
 * An on-demand query as it stands in a file: the format in the first line, then the query. The
 * first character of an answer that was given says whether the query was refused.
 */
record Question(String format, String query) {
  private static final String GIVEN = "+";
  private static final String REFUSED = "-";

  static Question of(String text) {
    int end = text.indexOf('\n');
    return end < 0
        ? new Question("", text)
        : new Question(text.substring(0, end), text.substring(end + 1));
  }

  String text() {
    return format.replace('\n', ' ') + "\n" + query;
  }

  static String textOf(JobAnswer answer) {
    return (answer.isRefused() ? REFUSED : GIVEN) + answer.text();
  }

  static JobAnswer answerOf(String text) {
    return new JobAnswer(text.startsWith(REFUSED), text.isEmpty() ? "" : text.substring(1));
  }
}
