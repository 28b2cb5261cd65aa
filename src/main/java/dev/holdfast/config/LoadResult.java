package dev.holdfast.config;

import dev.holdfast.model.declared.Declarations;
import java.util.List;

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
  record Invalid(List<Finding> findings) implements LoadResult {
    public Invalid {
      findings = List.copyOf(findings);
    }
  }
}
