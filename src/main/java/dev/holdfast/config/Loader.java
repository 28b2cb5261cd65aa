package dev.holdfast.config;

import dev.holdfast.model.declared.Declarations;
import dev.holdfast.model.declared.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads a configuration repository: every document, every problem. One use each.
public final class Loader {
  private final LoadRequest request;
  private final Path repository;
  private final Findings findings = new Findings();
  private Optional<String> commit = Optional.empty();

  private Loader(LoadRequest request) {
    this.request = request;
    this.repository = request.repository().toAbsolutePath().normalize();
  }

  /// Reads, checks and links everything below `backupsets/ storage/ schedules/ jobs/`. Opens no
  /// network connection, starts no process, writes nothing.
  public static LoadResult load(LoadRequest request) {
    var loader = new Loader(request);
    return loader.load(new RepositoryFiles(loader.repository, loader.findings).read());
  }

  /// The same as a git revision has it, while the working tree stays as it is. The declarations
  /// carry that revision's commit.
  ///
  /// @throws dev.holdfast.model.HoldfastException NOT_FOUND when git has no such revision here
  public static LoadResult load(LoadRequest request, String revision)
      throws IOException, InterruptedException {
    var loader = new Loader(request);
    var git = new GitRevision(loader.repository, revision);
    loader.commit = Optional.of(git.commit());
    return loader.load(git.files(loader.commit.get(), loader.findings));
  }

  /// The same for files that are in memory already.
  static LoadResult load(LoadRequest request, List<RepositoryFiles.Raw> files) {
    return new Loader(request).load(files);
  }

  private LoadResult load(List<RepositoryFiles.Raw> files) {
    var read = new DocumentReader(findings).read(files);
    var project = onlyProject(read);
    var projectReader = new ProjectReader(request, Folders.of(repository, findings), findings);
    var variables = new Variables(projectReader.variables(project), findings);
    var documents = new Documents(findings);
    read.stream().map(document -> checked(document, variables)).forEach(documents::add);
    var sound = documents.of(Kind.PROJECT).values().stream().findFirst();
    var layers = new Layers(ProjectReader.defaults(sound), documents.all(), findings);
    var bindings = new Bindings(documents, layers, findings);
    return linked(documents, layers, bindings, projectReader);
  }

  private Optional<Document> onlyProject(List<Document> documents) {
    var projects = documents.stream().filter(document -> document.kind() == Kind.PROJECT).toList();
    projects.stream()
        .skip(1)
        .forEach(
            second ->
                findings.error(
                    second.place(),
                    "kind",
                    "a second Project, after " + projects.getFirst().place(),
                    "put everything into one"));
    return projects.stream().findFirst();
  }

  private Document checked(Document document, Variables variables) {
    int before = findings.errors();
    var fields = document.fields().mapped(variables::resolved);
    new Checker(findings).document(document.kind(), fields);
    return new Document(document.kind(), document.name(), fields, findings.errors() == before);
  }

  private LoadResult linked(
      Documents documents, Layers layers, Bindings bindings, ProjectReader projectReader) {
    var bound = bindings.all(Kind.PROJECT, ProjectDocument.class).stream().findFirst();
    var project = projectReader.link(bound);
    var state = projectReader.state(bound);
    var folders = Folders.of(repository, findings).with("state", state.toString());
    var declarations =
        declarations(new Linker(documents, bindings, folders, findings), bindings, project, state);
    documents.warnUnused(layers);
    if (findings.hasErrors()) {
      return new LoadResult.Invalid(findings.sorted(), Optional.empty());
    }
    var proofs = new HomeRules(declarations, bound, findings).check();
    var loaded =
        new LoadResult.Loaded(
            declarations, findings.sorted(), new Effective(bindings.all(), proofs));
    return findings.hasUnmet()
        ? new LoadResult.Invalid(findings.sorted(), Optional.of(loaded))
        : loaded;
  }

  private Declarations declarations(Linker linker, Bindings bindings, Project project, Path state) {
    var linked = linker.parts(project);
    var sets = linker.sets(linked);
    var sources =
        bindings.all(Kind.SOURCE, SourceDocument.class).stream()
            .map(Bound::name)
            .filter(linked.sources()::containsKey)
            .map(linked.sources()::get)
            .toList();
    List<Value.Fields> values = bindings.all().stream().<Value.Fields>map(Bound::values).toList();
    return new Declarations(
        repository,
        state,
        commit.or(() -> GitHead.of(repository)),
        Canonical.digest(values),
        project,
        sets,
        Linker.byName(sources),
        linked.storages(),
        linked.schedules(),
        linker.jobs(),
        linker.drills());
  }
}
