package dev.holdfast.config;

import dev.holdfast.model.declared.Declarations;
import java.util.List;
import java.util.Optional;

/// What reading a configuration repository came to.
public sealed interface LoadResult {

  /// Everything is declared well; `warnings` are sorted by place.
  ///
  /// @param effective the values behind the declarations, each with its origin, for `Explainer`
  record Loaded(Declarations declarations, List<Finding> warnings, Effective effective)
      implements LoadResult {
    public Loaded {
      warnings = List.copyOf(warnings);
    }
  }

  /// At least one error; `findings` holds errors and warnings, sorted by place.
  ///
  /// @param readable present when no more is wrong than that backups would not be as safe as a
  ///     policy asks: no reason to refuse to read those that there are
  record Invalid(List<Finding> findings, Optional<Loaded> readable) implements LoadResult {
    public Invalid {
      findings = List.copyOf(findings);
    }
  }
}
