package dev.holdfast.config;

import dev.holdfast.model.declared.About;
import dev.holdfast.model.declared.Place;
import dev.holdfast.model.declared.Project;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the one Project first: variables, defaults and the state directory come from it.
final class ProjectReader {
  private static final Place NOWHERE = new Place("jobs/project.yaml", 0, 0);

  private final LoadRequest request;
  private final Folders folders;
  private final Findings findings;

  ProjectReader(LoadRequest request, Folders folders, Findings findings) {
    this.request = request;
    this.folders = folders;
    this.findings = findings;
  }

  /// Values for `${var.x}`: the Project's, replaced by the caller's.
  Map<String, String> variables(Optional<Document> project) {
    var values = new HashMap<String, String>();
    var declared = project.flatMap(document -> document.fields().get("vars"));
    if (declared.isPresent() && declared.get() instanceof Value.Fields vars) {
      vars.fields()
          .forEach(
              (name, field) -> {
                if (field.value() instanceof Value.Fields one) {
                  one.text("value")
                      .filter(value -> value.length() <= Scalars.LONGEST)
                      .ifPresent(value -> values.put(name, value));
                }
              });
    }
    values.putAll(request.vars());
    return values;
  }

  /// What documents of each kind start from; nothing when the Project has errors.
  static Map<Kind, Value.Fields> defaults(Optional<Document> project) {
    var defaults = new EnumMap<Kind, Value.Fields>(Kind.class);
    var declared =
        project.filter(Document::sound).flatMap(document -> document.fields().get("defaults"));
    if (declared.isPresent() && declared.get() instanceof Value.Fields kinds) {
      for (var kind : Kind.values()) {
        kinds
            .get(kind.spelling())
            .filter(Value.Fields.class::isInstance)
            .map(Value.Fields.class::cast)
            .ifPresent(fields -> defaults.put(kind, fields));
      }
    }
    return defaults;
  }

  /// The linked Project; one of built-in defaults when none is declared.
  Project link(Optional<Bound<ProjectDocument>> bound) {
    return bound.map(this::linked).orElseGet(ProjectReader::undeclared);
  }

  private Project linked(Bound<ProjectDocument> bound) {
    var body = bound.body();
    var state =
        body.state().flatMap(path -> folders.resolve(path, bound.placeOf("state"), "state"));
    body.settings().vars().forEach((name, variable) -> check(bound, name, variable));
    return new Project(
        bound.name(),
        body.header().about(bound.document().place()),
        body.settings(),
        state,
        Unavailable.in(bound));
  }

  private void check(Bound<ProjectDocument> bound, String name, Project.Variable variable) {
    var form = Scalars.variable(variable.type());
    var text =
        new Value.Text(
            variable.value(), Value.Core.STRING, Origin.at(bound.placeOf("vars", name, "value")));
    if (form.reading().read(text).isEmpty()) {
      findings.error(
          text.place(),
          "vars." + name,
          "the variable '" + name + "' is not " + form.words(),
          form.hint());
    }
  }

  private static Project undeclared() {
    var fields = Value.Fields.empty(Origin.builtIn(NOWHERE));
    var values = new Completer(new Findings()).complete(Kind.PROJECT, named(fields));
    var body = Binder.bind(Kind.PROJECT, values, ProjectDocument.class);
    var about = new About(NOWHERE, "", "", Map.of(), List.of());
    return new Project("default", about, body.settings(), Optional.empty(), List.of());
  }

  private static Value.Fields named(Value.Fields fields) {
    var changed = fields;
    for (var header :
        Map.of("apiVersion", Types.API_VERSION, "kind", "Project", "name", "default").entrySet()) {
      changed =
          changed.with(
              header.getKey(),
              new Value.Text(header.getValue(), Value.Core.STRING, fields.origin()));
    }
    return changed;
  }

  /// Where state is kept: the caller's word, the Project's, the system's.
  Path state(Optional<Bound<ProjectDocument>> bound) {
    return request
        .state()
        .or(
            () ->
                bound.flatMap(
                    project ->
                        project
                            .body()
                            .state()
                            .flatMap(
                                path ->
                                    new Folders(folders.placeholders(), new Findings())
                                        .resolve(path, project.placeOf("state"), "state"))))
        .orElseGet(() -> StateFolder.of(request.environment()))
        .toAbsolutePath()
        .normalize();
  }
}
