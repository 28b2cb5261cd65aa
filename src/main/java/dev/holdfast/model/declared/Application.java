package dev.holdfast.model.declared;

import java.util.Optional;

/// A source of type `application`; declared and checked, dumped by a later release.
public record Application(
    @Key(value = "the product", text = TextRule.NAME) String product,
    @Key(value = "which installation", text = TextRule.NAME) Optional<String> instance,
    @Key(value = "the login name", text = TextRule.SENTENCE) Optional<String> user,
    @Key("its password") Optional<Secret> password)
    implements SourceSpec {}
