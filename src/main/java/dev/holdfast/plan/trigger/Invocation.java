package dev.holdfast.plan.trigger;

import dev.holdfast.model.SetName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a trigger calls Holdfast.
///
/// @param program as the trigger's system finds it
/// @param repository absolute; empty where the system checks it out anew
/// @param state absolute, when somebody named one
public record Invocation(String program, Optional<Path> repository, Optional<Path> state) {

  /// The whole command for a set.
  List<String> words(SetName set) {
    var words = new ArrayList<>(List.of(program, "run", set.value()));
    words.addAll(options());
    return words;
  }

  /// What follows the name of the set.
  List<String> options() {
    var words = new ArrayList<>(List.of("--due", "--no-input"));
    repository.ifPresent(path -> words.addAll(List.of("--repo", path.toString())));
    state.ifPresent(path -> words.addAll(List.of("--state", path.toString())));
    return words;
  }
}
