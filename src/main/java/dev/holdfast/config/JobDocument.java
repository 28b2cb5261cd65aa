package dev.holdfast.config;

import dev.holdfast.model.declared.Job;
import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.TextRule;
import java.util.List;

/// A document of kind Job, as written.
record JobDocument(
    @Flat Header header,
    @Key(value = "the sets it runs, in this order", text = TextRule.SET_NAME) List<String> sets,
    @Flat Job.Conduct conduct) {}
