package dev.holdfast.model.declared;

import java.time.Duration;
import java.util.List;

/// A command run around a dump or a run, without a shell.
public record Hook(
    @Key("when") At at,
    @Key(value = "program and arguments", min = 1, text = TextRule.SENTENCE) List<String> run,
    @Key(value = "how long it may take", initially = "60s", min = 1) Duration timeout,
    @Key(value = "what a failure means", initially = "fail") OnError onError,
    @Key(value = "also after a failure", initially = "false") boolean always) {

  public Hook {
    run = List.copyOf(run);
  }

  public enum At {
    BEFORE_RUN,
    BEFORE_DUMP,
    AFTER_DUMP,
    AFTER_RUN
  }

  public enum OnError {
    FAIL,
    CONTINUE
  }
}
