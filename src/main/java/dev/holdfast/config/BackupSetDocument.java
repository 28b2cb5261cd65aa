package dev.holdfast.config;

import dev.holdfast.model.declared.Copy;
import dev.holdfast.model.declared.How;
import dev.holdfast.model.declared.Key;
import dev.holdfast.model.declared.Later;
import dev.holdfast.model.declared.Media;
import dev.holdfast.model.declared.Notify;
import dev.holdfast.model.declared.StagingUse;
import dev.holdfast.model.declared.TextRule;
import dev.holdfast.model.declared.VerifyPolicy;
import dev.holdfast.model.declared.What;
import dev.holdfast.model.declared.When;
import dev.holdfast.model.declared.Where;
import java.util.List;
import java.util.Optional;

/// A document of kind BackupSet, as written.
record BackupSetDocument(
    @Flat Header header,
    @Key(value = "labels of the runners that may run it", text = TextRule.LINE) @Later
        List<String> runsOn,
    @Key("which sources") What what,
    @Key("which storage") Where where,
    @Key("where images wait") StagingUse staging,
    @Key("how a run goes about it") How how,
    @Key("when it runs by itself") When when,
    @Key("how long images stay, how volumes are named") Media media,
    @Key("further homes of the images") List<Copy> copies,
    @Key("what is read again") @Later Optional<VerifyPolicy> verify,
    @Key(value = "who hears of what", name = "notify") @Later List<Notify> notices) {}
